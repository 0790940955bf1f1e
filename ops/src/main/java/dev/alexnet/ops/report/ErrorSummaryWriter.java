package dev.alexnet.ops.report;

import dev.alexnet.ops.paper.PaperComparison;
import dev.alexnet.ops.paper.PaperFigure;
import dev.alexnet.ops.report.Page.ErrorSummary;
import dev.alexnet.ops.report.Page.Headline;
import dev.alexnet.pipelines.score.Interval;
import dev.alexnet.pipelines.score.Scores;
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
    return Words.format(
        "%s, on %,d images of %,d classes; %s",
        models,
        scores.counts().images(),
        scores.counts().classes(),
        scores.mode().views() == 1
            ? "the centre of each image"
            : scores.mode().views() + " views of each image");
  }

  private List<Headline> headlines() {
    if (scores.counts().scored() == 0) {
      return List.of();
    }
    PaperFigure figure = comparison.figure();
    return List.of(
        headline(
            "Top-1 error",
            scores.rates().top1Error(),
            scores.rates().top1Interval(),
            figure == null ? "" : Words.percent(figure.top1Error())),
        scores.counts().hasTop5Error()
            ? headline(
                "Top-5 error",
                scores.rates().top5Error(),
                scores.rates().top5Interval(),
                figure == null ? "" : Words.percent(figure.top5Error()))
            : new Headline(
                "Top-5 error",
                "–",
                "It means nothing here:",
                Words.format(
                    "five guesses always have one of %d classes", scores.counts().classes()),
                ""));
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
    addCount(counts, scores.counts().unlabelled(), "have no label.", scores.counts().scored() > 0);
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
