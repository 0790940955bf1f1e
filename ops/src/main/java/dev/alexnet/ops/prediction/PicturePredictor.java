package dev.alexnet.ops.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.model.prediction.Ensemble;
import java.util.ArrayList;
import java.util.List;

/** Asks models about picture files, which become what {@code convert} would make of them. */
public final class PicturePredictor implements AutoCloseable {
  /** That of datasets where nobody chose another. */
  private static final int QUALITY = 95;

  private static final int VIEWS_AT_A_TIME = 128;

  private final ObjectStore store;
  private final Ensemble ensemble;
  private final PictureConverter converter;
  private final int views;
  private final int top;

  private PicturePredictor(
      ObjectStore store, Ensemble ensemble, ResizeMethod resize, int views, int top) {
    this.store = store;
    this.ensemble = ensemble;
    this.converter = new PictureConverter(ensemble.description().imageSize(), QUALITY, resize);
    this.views = views;
    this.top = top;
  }

  /**
   * Loads the models.
   *
   * @param views of each picture: 1, the centre, or 10
   * @param top how many classes to name
   * @throws Failure where a model is not there or does not load, or two do not fit together
   */
  public static PicturePredictor load(
      ObjectStore store, List<Ensemble.Member> models, ResizeMethod resize, int views, int top) {
    return new PicturePredictor(
        store, Ensemble.load(store, models, VIEWS_AT_A_TIME / views * views), resize, views, top);
  }

  /**
   * Predicts each picture.
   *
   * @param places files, and folders of JPEG and PNG files
   * @param progress hears of pictures
   * @return one for each file, in their order
   * @throws Failure of kind INPUT_MISSING where there is none
   */
  public List<PicturePrediction> predict(List<Location> places, Progress progress) {
    List<Location> files = PictureFiles.of(store, places);
    List<PicturePrediction> predictions = new ArrayList<>();
    int batch = VIEWS_AT_A_TIME / views;
    for (int start = 0; start < files.size(); start += batch) {
      List<Location> part = files.subList(start, Math.min(start + batch, files.size()));
      predictions.addAll(predictBatch(part));
      progress.report(predictions.size(), files.size(), "pictures", "");
    }
    return predictions;
  }

  /** What was checked of the devices' arithmetic. */
  public ArithmeticSummary arithmetic() {
    return ensemble.arithmetic();
  }

  private List<PicturePrediction> predictBatch(List<Location> files) {
    List<byte[]> images = new ArrayList<>();
    List<PicturePrediction> predictions = new ArrayList<>();
    for (Location file : files) {
      try {
        images.add(converter.convert(PictureFiles.read(store, file)).jpeg());
        predictions.add(null);
      } catch (RejectedPicture e) {
        String problem = e.reason() + ": " + e.getMessage();
        predictions.add(PicturePrediction.unreadable(file.value(), problem));
      } catch (Failure e) {
        // A file that cannot be opened says nothing of the others.
        predictions.add(PicturePrediction.unreadable(file.value(), e.getMessage()));
      }
    }
    float[][] probabilities = images.isEmpty() ? new float[0][] : ensemble.predict(images, views);
    int next = 0;
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.get(i) == null) {
        predictions.set(
            i,
            PicturePrediction.of(
                files.get(i).value(),
                probabilities[next++],
                ensemble.description().classes(),
                top));
      }
    }
    return predictions;
  }

  @Override
  public void close() {
    converter.close();
    ensemble.close();
  }
}
