package dev.alexnet.ops.comparison;

import dev.alexnet.ops.paper.PaperFigure;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.List;

/**
 * A row of the table.
 *
 * @param name what tables call it
 * @param scores their directory
 * @param networks the presets of the networks that were scored together
 * @param views of each image
 * @param top1Error 0 to 1
 * @param top1Interval its 95 % interval, Wilson's
 * @param top5Error 0 to 1; null if it means nothing, because there are five classes or fewer
 * @param top5Interval null together with the error
 * @param paper the paper's errors of the same networks, set and views; null if it has none
 * @param paperText the comparison in sentences, or why there is none
 */
record ComparedRun(
    String name,
    String scores,
    List<String> networks,
    int views,
    double top1Error,
    Interval top1Interval,
    Double top5Error,
    Interval top5Interval,
    PaperFigure paper,
    String paperText) {

  /** How many networks of which kinds. */
  String networksText() {
    List<String> kinds = networks.stream().distinct().toList();
    return kinds.stream()
        .map(
            kind -> {
              long count = networks.stream().filter(kind::equals).count();
              return count == 1 ? kind : count + " x " + kind;
            })
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }
}
