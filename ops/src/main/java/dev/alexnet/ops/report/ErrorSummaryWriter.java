package dev.alexnet.ops.report;

import dev.alexnet.ops.paper.PaperComparison;
import dev.alexnet.ops.paper.PaperFigure;
import dev.alexnet.ops.report.Page.ErrorSummary;
import dev.alexnet.ops.report.Page.Headline;
import dev.alexnet.pipelines.score.ErrorWithin;
import dev.alexnet.pipelines.score.ScoredInputs;
import dev.alexnet.pipelines.score.Scores;
import dev.alexnet.pipelines.score.SubsetErrors;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.ArrayList;
import java.util.List;

/** Writes what was scored, and how many images were wrong. */
final class ErrorSummaryWriter {
  private final Scores scores;
  private final PaperComparison comparison;

  ErrorSummaryWriter(Scores scores, PaperComparison comparison) {
    this.scores = scores;
    this.comparison = comparison;
  }

  ErrorSummary summary() {
    return new ErrorSummary(subject(), scores.warnings(), headlines(), counts(), comparison.text());
  }

  private String subject() {
    String models =
        scores.inputs().models().size() == 1
            ? "One network, " + scores.inputs().models().get(0).preset()
            : scores.inputs().models().size() + " networks together";
    SubsetErrors subset = scores.rates().subset();
    return Words.format(
        "%s, on %,d images of %s%,d classes; %s%s",
        models,
        scores.counts().images(),
        subset == null ? "" : Words.format("%,d of the model's ", subset.classes()),
        scores.counts().classes(),
        scores.inputs().truth() == null
            ? ""
            : "by the labels of " + scores.inputs().truth().file() + "; ",
        scores.mode().views() == 1
            ? "the centre of each image"
            : scores.mode().views() + " views of each image");
  }

  private List<Headline> headlines() {
    if (scores.counts().scored() == 0) {
      return List.of();
    }
    SubsetErrors subset = scores.rates().subset();
    if (subset == null) {
      return ofAllClasses("");
    }
    List<Headline> headlines =
        new ArrayList<>(ofAllClasses(Words.format(" over %,d classes", scores.counts().classes())));
    String among = Words.format(" over the subset's %,d", subset.classes());
    headlines.add(headline("Top-1 error" + among, subset.within(1)));
    headlines.add(
        subset.hasTop5Error()
            ? headline("Top-5 error" + among, subset.within(5))
            : meaningless("Top-5 error" + among, subset.classes()));
    return headlines;
  }

  private List<Headline> ofAllClasses(String among) {
    PaperFigure figure = comparison.figure();
    return List.of(
        headline(
            "Top-1 error" + among,
            scores.rates().top1Error(),
            scores.rates().top1Interval(),
            figure == null ? "" : Words.percent(figure.top1Error())),
        scores.counts().hasTop5Error()
            ? headline(
                "Top-5 error" + among,
                scores.rates().top5Error(),
                scores.rates().top5Interval(),
                figure == null ? "" : Words.percent(figure.top5Error()))
            : meaningless("Top-5 error" + among, scores.counts().classes()));
  }

  private static Headline meaningless(String name, int classes) {
    return new Headline(
        name,
        "–",
        "It means nothing here:",
        Words.format("five guesses always have one of %d classes", classes),
        "");
  }

  private Headline headline(String name, ErrorWithin error) {
    return headline(name, error.error(), error.interval(), "");
  }

  private Headline headline(String name, double error, Interval interval, String paper) {
    return new Headline(
        name,
        Words.percent(error),
        Words.format("95 %% interval %.1f to %.1f %%", 100 * interval.low(), 100 * interval.high()),
        Words.format(
            "%,d of %,d images",
            Math.round(error * scores.counts().scored()), scores.counts().scored()),
        paper);
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    counts.add(
        scores.counts().scored() == 0
            ? (scores.counts().unlabelled() == 0
                    ? "No image could be decoded"
                    : "No image has a label")
                + ", so there are no errors to count."
            : Words.format(
                "%,d of %,d images were scored.",
                scores.counts().scored(), scores.counts().images()));
    ScoredInputs.OtherTruth truth = scores.inputs().truth();
    long ofNoClass = truth == null ? 0 : truth.ofNoClass();
    addCount(counts, ofNoClass, "are of no class and were left out.", true);
    addCount(
        counts,
        scores.counts().unlabelled() - ofNoClass,
        "have no label.",
        scores.counts().scored() > 0);
    addCount(
        counts,
        scores.counts().undecodable(),
        "could not be decoded.",
        scores.counts().scored() + scores.counts().unlabelled() > 0);
    addCount(
        counts, scores.counts().rejected(), "more were rejected and are not in the dataset.", true);
    addCount(counts, scores.counts().tied(), "tie with another class and count in part.", true);
    return String.join(" ", counts);
  }

  private static void addCount(List<String> counts, long images, String what, boolean wanted) {
    if (images > 0 && wanted) {
      counts.add(Words.format("%,d %s", images, what));
    }
  }
}
