package dev.alexnet.ops.report;

import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.pipelines.score.Interval;
import dev.alexnet.pipelines.score.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the errors with those that the paper prints for one network, if set and views are the
 * same.
 *
 * @param figure the paper's errors; null if none is comparable
 * @param text the comparison in sentences, or why there is none
 */
record PaperComparison(Figure figure, String text) {
  private static final int CLASSES = 1000;

  /** Krizhevsky et al. (2012): table 1, the text below it, and table 2. */
  private static final List<Figure> FIGURES =
      List.of(
          new Figure("ILSVRC2010", "test", 150_000, 10, 0.375, 0.170),
          new Figure("ILSVRC2010", "test", 150_000, 1, 0.390, 0.183),
          new Figure("ILSVRC2012", "validation", 50_000, 10, 0.407, 0.182));

  /**
   * Errors of the paper.
   *
   * @param release of the challenge
   * @param split of it
   * @param images how many the split has
   * @param views how many were averaged
   * @param top1Error 0 to 1
   * @param top5Error 0 to 1
   */
  record Figure(
      String release, String split, long images, int views, double top1Error, double top5Error) {
    String set() {
      return release.replace("ILSVRC", "ILSVRC-") + " " + split;
    }
  }

  /**
   * @param dataset what was scored; null if it was not found
   */
  static PaperComparison of(Scores scores, DatasetManifest dataset) {
    if (scores.counts().scored() == 0) {
      return none(
          scores.counts().unlabelled() == 0 ? "no image could be decoded" : "no image has a label");
    }
    if (scores.inputs().truth() != null) {
      return none(
          "the paper's errors are by the published labels, and these are by those of "
              + scores.inputs().truth().file());
    }
    if (dataset == null) {
      return none("the dataset that was scored was not found, so its set is unknown");
    }
    List<Figure> ofSet = FIGURES.stream().filter(figure -> isOf(figure, dataset)).toList();
    if (ofSet.isEmpty()) {
      return none(
          "the paper has errors of all of ILSVRC-2010 test and ILSVRC-2012 validation, and this is "
              + describe(dataset));
    }
    if (scores.inputs().models().size() > 1) {
      return none(
          "the paper's errors are of one network, and these are of "
              + scores.inputs().models().size());
    }
    if (scores.counts().undecodable() > 0 || scores.counts().unlabelled() > 0) {
      return none("not every image of the set was scored");
    }
    Optional<Figure> figure =
        ofSet.stream().filter(each -> each.views() == scores.mode().views()).findFirst();
    if (figure.isEmpty()) {
      return none(
          "the paper's errors are of ten views of each image, and these are of "
              + (scores.mode().views() == 1 ? "one" : scores.mode().views())
              + "; score with --views 10");
    }
    return new PaperComparison(figure.get(), sentences(figure.get(), scores));
  }

  private static PaperComparison none(String why) {
    return new PaperComparison(null, "Not comparable with the paper: " + why + ".");
  }

  private static boolean isOf(Figure figure, DatasetManifest dataset) {
    return dataset.source().startsWith(figure.release() + " ")
        && dataset.split().equals(figure.split())
        && dataset.classes().size() == CLASSES
        && dataset.records() == figure.images();
  }

  private static String describe(DatasetManifest dataset) {
    return String.format(
        Locale.ROOT,
        "another: %s, with %,d images of %,d classes",
        dataset.split(),
        dataset.records(),
        dataset.classes().size());
  }

  private static String sentences(Figure figure, Scores scores) {
    return String.format(
        Locale.ROOT,
        "The paper has %.1f %% and %.1f %% on the same set, %s, with %s. %s %s",
        100 * figure.top1Error(),
        100 * figure.top5Error(),
        figure.set(),
        figure.views() == 1 ? "the centre alone" : "the same ten views",
        difference(
            "Top-1", scores.rates().top1Error(), figure.top1Error(), scores.rates().top1Interval()),
        difference(
            "Top-5",
            scores.rates().top5Error(),
            figure.top5Error(),
            scores.rates().top5Interval()));
  }

  private static String difference(String error, double ours, double paper, Interval interval) {
    boolean inside = paper >= interval.low() && paper <= interval.high();
    return String.format(
        Locale.ROOT,
        "%s is %.1f points %s, and the paper's value is %s the interval.",
        error,
        100 * Math.abs(ours - paper),
        ours < paper ? "lower" : "higher",
        inside ? "inside" : "outside");
  }
}
