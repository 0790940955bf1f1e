package dev.alexnet.ops.report;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.picture.FilterPictures;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.pipelines.output.ResultOutput;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * One page that shows how a model was trained and what it gets right and wrong, and its pictures as
 * files. The same input gives the same bytes, on a machine with the same fonts.
 */
public final class Report {
  /** The page's name within the output. */
  public static final String FILE = "report.html";

  /** Every picture that a report can have; other files in the output are not touched. */
  private static final List<String> PICTURES =
      List.of(
          "loss.png",
          "top1-error.png",
          "top5-error.png",
          "learning-rate.png",
          "filters-tower0.png",
          "filters-tower1.png",
          "pictures.png",
          "mistakes.png",
          "neighbours.png",
          "confusion.png",
          "reliability.png",
          "class-errors.png");

  private final ObjectStore store;
  private final ReportReader reader;

  @Inject
  public Report(ObjectStore store, NeighbourFiles neighbourFiles) {
    this.store = requireNonNull(store, "store is null");
    this.reader = new ReportReader(store, neighbourFiles);
  }

  /**
   * Writes the pictures, and then the page. An earlier report is replaced.
   *
   * @param progress is told about pictures
   * @throws Failure of kind INPUT_MISSING if scores, model or training log do not exist, BAD_DATA
   *     if the predictions are not those of the scores, MISMATCH if model or dataset are not those
   *     that were scored, OUTPUT_EXISTS if the output is a dataset or a model
   */
  public ReportResult run(ReportSettings settings, Progress progress) {
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    ReportData data = reader.read(settings);
    List<Picture> pictures = pictures(data);
    Page page = new PageWriter(data).page(pictures);
    Location output = settings.output();
    Location file = output.resolve(FILE);
    // Delete the page first, so that it is never beside pictures of another report.
    store.delete(file);
    PICTURES.forEach(name -> store.delete(output.resolve(name)));
    long done = 0;
    for (Picture picture : pictures) {
      store.write(output.resolve(picture.file()), picture.png(Theme.LIGHT));
      done++;
      progress.report(done, pictures.size(), "pictures", "");
    }
    byte[] html = PageTemplate.html(page);
    store.write(file, html);
    store.deleteAbandoned(output);
    return new ReportResult(
        file,
        html.length,
        pictures.stream().map(Picture::file).toList(),
        data.scores().counts().images());
  }

  private static List<Picture> pictures(ReportData data) {
    List<Picture> pictures = new ArrayList<>();
    if (data.curves() != null) {
      pictures.addAll(CurveChart.of(data.curves()));
    }
    pictures.addAll(FilterPictures.of(data.filters()));
    PredictionSummary summary = data.summary();
    addSheet(
        pictures,
        "pictures",
        "Images spread over the set, with their five most probable classes",
        summary.samples(),
        data);
    addSheet(
        pictures,
        "mistakes",
        "The wrong images with the highest confidence, with their five most probable classes",
        summary.mistakes(),
        data);
    if (!data.neighbours().isEmpty()) {
      pictures.add(NeighbourPicture.of(data.neighbours()));
    }
    ConfusionCounts confusions = summary.confusions();
    List<Integer> confused = confusions.mostConfused(ConfusionPicture.MOST_CLASSES);
    if (!confused.isEmpty()) {
      pictures.add(ConfusionPicture.of(confusions, confused, data.names()));
    }
    if (data.scores().counts().scored() > 0) {
      pictures.add(ReliabilityChart.of(summary.reliability()));
      pictures.add(ClassErrorPicture.of(summary.classes(), data.names()));
    }
    return pictures;
  }

  private static void addSheet(
      List<Picture> pictures, String name, String text, List<PredictionRow> rows, ReportData data) {
    if (!rows.isEmpty() && !data.files().isEmpty()) {
      pictures.add(PictureSheet.of(name, text, rows, data.files(), data.names()));
    }
  }
}
