package dev.alexnet.ops.comparison;

import java.util.List;

/**
 * Two scores of the same images.
 *
 * @param first the name of the one that is compared with
 * @param second the name of the other
 * @param top1 the difference of the top-1 errors
 * @param top5 the difference of the top-5 errors; null if they mean nothing
 * @param classes those whose errors differ, the largest difference first
 */
record ComparedPair(
    String first,
    String second,
    PairedDifference top1,
    PairedDifference top5,
    List<ClassDifference> classes) {

  /**
   * How the errors of a class differ.
   *
   * @param images how many were scored
   * @param first the first's top-1 error, 0 to 1
   * @param second the second's
   */
  record ClassDifference(int label, String name, long images, double first, double second) {
    double difference() {
      return second - first;
    }
  }
}
