package dev.alexnet.ops.comparison;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.ops.comparison.ComparisonPage.ClassLine;
import dev.alexnet.ops.comparison.ComparisonPage.Difference;
import dev.alexnet.ops.comparison.ComparisonPage.Group;
import dev.alexnet.ops.comparison.ComparisonPage.Learning;
import dev.alexnet.ops.comparison.ComparisonPage.Pair;
import dev.alexnet.ops.comparison.ComparisonPage.Row;
import dev.alexnet.ops.comparison.ComparisonPage.Training;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a comparison as one page that loads nothing; the same scores give the same bytes. */
final class ComparisonPageWriter {
  private static final int MOST_CLASSES = 20;

  private final ComparisonResult result;
  private final List<ScoredRun> runs;
  private final DisagreementCards cards;

  /**
   * @param dataset that was scored; without it images are named, but not shown
   */
  ComparisonPageWriter(ComparisonResult result, List<ScoredRun> runs, Optional<Dataset> dataset) {
    this.result = result;
    this.runs = runs;
    this.cards = new DisagreementCards(dataset);
  }

  byte[] html() {
    return ComparisonTemplate.html(
        new ComparisonPage(
            "AlexNet comparison",
            format(
                "%,d scores of the same %,d images, of which %,d count in the errors",
                result.runs().size(), result.images(), result.scored()),
            result.runs().stream().map(ComparisonPageWriter::row).toList(),
            result.runs().stream().map(run -> run.name() + ": " + run.paperText()).toList(),
            learning(result.learning()),
            pairs()));
  }

  private static Row row(ComparedRun run) {
    boolean five = run.top5Error() != null;
    return new Row(
        run.name(),
        run.networksText(),
        String.valueOf(run.views()),
        ComparisonTable.percent(run.top1Error()),
        interval(run.top1Interval()),
        five ? ComparisonTable.percent(run.top5Error()) : "–",
        five ? interval(run.top5Interval()) : "",
        run.paper() == null
            ? "–"
            : ComparisonTable.percent(run.paper().top1Error())
                + " / "
                + ComparisonTable.percent(run.paper().top5Error()));
  }

  private static Learning learning(LearningSpeed speed) {
    return speed == null
        ? null
        : new Learning(
            ComparisonTable.learningText(speed),
            speed.trainings().stream()
                .map(
                    training ->
                        new Training(
                            training.name(),
                            ComparisonTable.steps(training),
                            dashed(ComparisonTable.epochs(training)),
                            dashed(ComparisonTable.timesFewest(training, speed)),
                            ComparisonTable.percent(training.lowest())))
                .toList(),
            String.join(", ", speed.notFound()));
  }

  private static String dashed(String cell) {
    return cell.equals("-") ? "–" : cell;
  }

  private static String interval(Interval interval) {
    return format("%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high());
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < result.pairs().size(); i++) {
      pairs.add(pair(result.pairs().get(i), runs.get(0), runs.get(i + 1)));
    }
    return pairs;
  }

  private Pair pair(ComparedPair pair, ScoredRun first, ScoredRun second) {
    List<Difference> differences = new ArrayList<>();
    differences.add(difference("top-1", pair.top1()));
    if (pair.top5() != null) {
      differences.add(difference("top-5", pair.top5()));
    }
    return new Pair(
        pair.second() + " against " + pair.first(),
        differences,
        List.of(
            group(pair.second(), cards.onlySecond(first, second), pair.top1().onlySecond()),
            group(pair.first(), cards.onlyFirst(first, second), pair.top1().onlyFirst())),
        pair.classes().stream().limit(MOST_CLASSES).map(ComparisonPageWriter::line).toList());
  }

  private Group group(String name, List<ComparisonPage.Card> shown, long all) {
    return new Group(
        "Only " + name + " gets right",
        all == 0
            ? "There is none."
            : format(
                "%,d of %,d, those of the highest confidence.%s",
                shown.size(), all, cards.picturesMissing()),
        shown);
  }

  private static Difference difference(String error, PairedDifference of) {
    Bounds interval = of.interval();
    return new Difference(
        error,
        ComparisonTable.points(of.difference()),
        interval == null
            ? "–"
            : ComparisonTable.points(interval.low())
                + " to "
                + ComparisonTable.points(interval.high()),
        ComparisonTable.probability(of.probability()),
        format("%,d", of.onlySecond()),
        format("%,d", of.onlyFirst()));
  }

  private static ClassLine line(ComparedPair.ClassDifference of) {
    return new ClassLine(
        of.name(),
        format("%,d", of.images()),
        ComparisonTable.percent(of.first()),
        ComparisonTable.percent(of.second()),
        ComparisonTable.points(of.difference()));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
