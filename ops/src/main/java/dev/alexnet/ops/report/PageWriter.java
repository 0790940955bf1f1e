package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import dev.alexnet.ops.report.Page.Figures;
import dev.alexnet.ops.report.Page.Image;
import dev.alexnet.pipelines.score.ScoredModel;
import java.util.List;

/** Writes the content of the page from the data of the report. */
final class PageWriter {
  private final ReportData data;

  PageWriter(ReportData data) {
    this.data = data;
  }

  /**
   * @param pictures all that were drawn, by name
   */
  Page page(List<Picture> pictures) {
    List<Picture> curves = named(pictures, "loss", "top1-error", "top5-error", "learning-rate");
    List<Picture> filters =
        pictures.stream().filter(picture -> picture.name().startsWith("filters-")).toList();
    PictureCards cards = new PictureCards(data);
    ErrorTables errors = new ErrorTables(data);
    return new Page(
        "AlexNet report",
        new ErrorSummaryWriter(data.scores(), data.comparison()).summary(),
        new Figures(images(curves), curvesNote(curves)),
        new Figures(images(filters), filters.isEmpty() ? "" : filtersNote() + whose("filters")),
        cards.samples(),
        cards.mistakes(),
        cards.neighbours(),
        errors.confusions(images(named(pictures, "confusion"))),
        errors.reliability(images(named(pictures, "reliability"))),
        errors.classes(images(named(pictures, "class-errors"))),
        new FactTables(data).facts());
  }

  private static List<Picture> named(List<Picture> pictures, String... wanted) {
    return pictures.stream().filter(picture -> List.of(wanted).contains(picture.name())).toList();
  }

  private static List<Image> images(List<Picture> pictures) {
    return pictures.stream()
        .map(
            picture ->
                new Image(
                    picture.text(),
                    picture.width(),
                    picture.height(),
                    Words.dataUri("image/png", picture.png(Theme.LIGHT)),
                    Words.dataUri("image/png", picture.png(Theme.DARK))))
        .toList();
  }

  private String curvesNote(List<Picture> curves) {
    if (data.curves() == null) {
      return "No --training was given, so there are no learning curves.";
    }
    if (curves.isEmpty()) {
      return "The training logged no loss, no error and no learning rate.";
    }
    int values = data.curves().valuesInPoint("train/loss");
    return (values == 1
            ? "Each training point is the mean since the previous point."
            : Words.format("Each training point is the mean of %,d logged values.", values))
        + " Training errors are measured with dropout and augmentation, so they can be higher than validation errors."
        + whose("curves");
  }

  /** An ensemble has several of them, of which the page shows one. */
  private String whose(String drawings) {
    List<ScoredModel> models = data.scores().inputs().models();
    return models.stream()
        .filter(each -> models.size() > 1 && each.hash().equals(data.model().savedModelHash()))
        .findFirst()
        .map(
            shown ->
                Words.format(
                    " %,d models were scored together; these are the %s of %s.",
                    models.size(), drawings, shown.directory()))
        .orElse("");
  }

  private static String filtersNote() {
    return "The filters of the first convolution, tower by tower. All have the same scale: grey is 0, and faint filters have small values.";
  }
}
