package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.report.Page.BinLine;
import dev.alexnet.ops.report.Page.ClassLine;
import dev.alexnet.ops.report.Page.ClassTable;
import dev.alexnet.ops.report.Page.ConfusionLine;
import dev.alexnet.ops.report.Page.Confusions;
import dev.alexnet.ops.report.Page.Figures;
import dev.alexnet.ops.report.Page.Image;
import dev.alexnet.ops.report.Page.ReliabilityTable;
import java.util.List;
import java.util.Map;

/** The errors by class and by probability. */
final class ErrorTables {
  private static final int MOST_CONFUSIONS = 10;

  private final ReportData data;
  private final ClassNames names;

  ErrorTables(ReportData data) {
    this.data = data;
    this.names = data.names();
  }

  Confusions confusions(List<Image> matrix) {
    return new Confusions(new Figures(matrix, confusionNote()), mostFrequent());
  }

  ReliabilityTable reliability(List<Image> diagram) {
    return new ReliabilityTable(new Figures(diagram, reliabilityNote()), bins());
  }

  ClassTable classes(List<Image> worst) {
    return new ClassTable(worst, errors());
  }

  private List<ConfusionLine> mostFrequent() {
    Map<Integer, Long> imagesOfLabel = data.imagesOfLabel();
    return data.summary().confusions().mistakes().stream()
        .limit(MOST_CONFUSIONS)
        .map(
            confusion ->
                new ConfusionLine(
                    names.brief(confusion.truth()),
                    names.brief(confusion.guess()),
                    Words.format("%,d", confusion.images()),
                    Words.percent(
                        (double) confusion.images() / imagesOfLabel.get(confusion.truth()))))
        .toList();
  }

  private String confusionNote() {
    int mistakes = data.summary().confusions().mistakes().size();
    return mistakes == 0
        ? "No class was confused with another."
        : Words.format(
            "Rows: true class. Columns: predicted class. %,d pairs of classes were"
                + " confused; these are the most frequent.",
            mistakes);
  }

  private String reliabilityNote() {
    return Words.format(
        "On the dashed line, a model's accuracy equals its confidence. The mean distance from it"
            + " (expected calibration error, ten bins) is %.1f points. The intervals are Wilson's, and wide for bins with few images.",
        100 * data.summary().reliability().calibrationError());
  }

  private List<BinLine> bins() {
    return data.summary().reliability().bins().stream()
        .map(
            bin ->
                new BinLine(
                    Words.format("%.0f to %.0f %%", 100 * bin.from(), 100 * bin.to()),
                    Words.format("%,d", bin.images()),
                    Words.percent(bin.confidence()),
                    Words.percent(bin.accuracy())))
        .toList();
  }

  private String top5(ClassErrors errors) {
    return data.scores().counts().hasTop5Error() ? Words.percent(errors.top5Error()) : "–";
  }

  private List<ClassLine> errors() {
    return data.summary().classes().stream()
        .map(
            errors ->
                new ClassLine(
                    names.full(errors.label()),
                    names.wnid(errors.label()),
                    errors.images(),
                    Words.percent(errors.top1Error()),
                    errors.top1Error(),
                    top5(errors),
                    errors.top5Error(),
                    errors.takenFor() < 0 ? "" : names.brief(errors.takenFor()),
                    errors.takenForImages()))
        .toList();
  }
}
