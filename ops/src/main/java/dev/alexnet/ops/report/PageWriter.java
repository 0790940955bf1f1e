package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import dev.alexnet.ops.report.Page.Figures;
import dev.alexnet.ops.report.Page.Image;
import java.util.List;

/** Puts what was gathered into the words of the page. */
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
        new Figures(images(filters), filters.isEmpty() ? "" : filtersNote()),
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
            ? "Each point of the training is the mean since the one before."
            : Words.format("Each point of the training is the mean of %,d logged values.", values))
        + " Its errors are those with dropout and augmentation on, so they may lie above those of"
        + " the validation.";
  }

  private static String filtersNote() {
    return "What the first convolution looks for, tower by tower. All are on one scale, on which"
        + " grey is 0, so faint filters have small values.";
  }
}
