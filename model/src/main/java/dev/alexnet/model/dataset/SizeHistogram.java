package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * How many pictures there are of each size, as stored in their files: exact, and independent of the
 * order and grouping in which they are counted.
 *
 * @param pictures how many, by size in the form {@code 500x375}: width, then height
 */
public record SizeHistogram(SortedMap<String, Long> pictures) {
  private static final String SIZE = "[1-9]\\d*x[1-9]\\d*";

  public SizeHistogram {
    Problems problems =
        new Problems("histogram of sizes").require(pictures != null, "pictures is missing");
    if (pictures != null) {
      pictures.forEach(
          (size, count) ->
              problems.require(
                  size.matches(SIZE) && count != null && count > 0,
                  "the size '%s' has %s pictures",
                  size,
                  count));
    }
    problems.throwIfAny();
    pictures = Collections.unmodifiableSortedMap(new TreeMap<>(pictures));
  }

  /** The histogram of no pictures. */
  public static SizeHistogram empty() {
    return new SizeHistogram(Collections.emptySortedMap());
  }

  /** The key of a size. */
  public static String key(int width, int height) {
    return width + "x" + height;
  }

  /** The sum of several histograms. */
  public static SizeHistogram sum(List<SizeHistogram> parts) {
    SortedMap<String, Long> all = new TreeMap<>();
    for (SizeHistogram part : parts) {
      part.pictures.forEach((size, count) -> all.merge(size, count, Long::sum));
    }
    return new SizeHistogram(all);
  }

  /**
   * Summarises the histogram.
   *
   * @throws IllegalStateException if there are no pictures
   */
  public PictureSizes summary() {
    return new PictureSizes(
        range(SizeHistogram::width),
        range(SizeHistogram::height),
        range(size -> Math.min(width(size), height(size))));
  }

  private PictureSizes.Range range(ToIntFunction<String> side) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    pictures.forEach((size, count) -> counts.merge(side.applyAsInt(size), count, Long::sum));
    if (counts.isEmpty()) {
      throw new IllegalStateException("There are no sizes without a picture");
    }
    long before = (counts.values().stream().mapToLong(Long::longValue).sum() - 1) / 2;
    int median = counts.firstKey();
    for (var entry : counts.entrySet()) {
      median = entry.getKey();
      if (before < entry.getValue()) {
        break;
      }
      before -= entry.getValue();
    }
    return new PictureSizes.Range(counts.firstKey(), median, counts.lastKey());
  }

  private static int width(String size) {
    return Integer.parseInt(size.substring(0, size.indexOf('x')));
  }

  private static int height(String size) {
    return Integer.parseInt(size.substring(size.indexOf('x') + 1));
  }
}
