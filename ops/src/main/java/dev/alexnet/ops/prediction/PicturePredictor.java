package dev.alexnet.ops.prediction;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.model.prediction.Ensemble;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Classifies picture files, which are scaled and encoded as {@code convert} does it. */
public final class PicturePredictor {
  private static final int VIEWS_AT_A_TIME = 128;

  private final ObjectStore store;
  private final PictureFiles pictureFiles;

  @Inject
  public PicturePredictor(ObjectStore store, PictureFiles pictureFiles) {
    this.store = requireNonNull(store, "store is null");
    this.pictureFiles = requireNonNull(pictureFiles, "pictureFiles is null");
  }

  /**
   * Predicts each picture.
   *
   * @param progress is told about pictures
   * @param notices is told about operations that are computed in another form, in sentences
   * @throws Failure of kind INPUT_MISSING if there is no picture, or a model does not exist; also
   *     if a model cannot be loaded, or two models do not fit together
   */
  public Predictions run(PredictSettings settings, Progress progress, Consumer<String> notices) {
    int batch = VIEWS_AT_A_TIME / settings.views();
    try (Ensemble ensemble =
            Ensemble.load(
                store, Ensemble.members(settings.models(), List.of()), batch * settings.views());
        PictureConverter converter =
            new PictureConverter(
                ensemble.description().imageSize(),
                PictureConverter.USUAL_QUALITY,
                settings.resize())) {
      ensemble.arithmetic().replaced().forEach(notices);
      List<Location> files = pictureFiles.find(settings.pictures());
      List<PicturePrediction> predictions = new ArrayList<>();
      for (int start = 0; start < files.size(); start += batch) {
        List<Location> part = files.subList(start, Math.min(start + batch, files.size()));
        predictions.addAll(predictBatch(part, settings, ensemble, converter));
        progress.report(predictions.size(), files.size(), "pictures", "");
      }
      return new Predictions(ensemble.arithmetic(), predictions);
    }
  }

  private List<PicturePrediction> predictBatch(
      List<Location> files,
      PredictSettings settings,
      Ensemble ensemble,
      PictureConverter converter) {
    List<byte[]> images = new ArrayList<>();
    List<PicturePrediction> predictions = new ArrayList<>();
    for (Location file : files) {
      try {
        images.add(converter.convert(pictureFiles.read(file)).jpeg());
        predictions.add(null);
      } catch (RejectedPicture e) {
        String problem = e.reason() + ": " + e.getMessage();
        predictions.add(PicturePrediction.unreadable(file.value(), problem));
      } catch (Failure e) {
        // The other files may still be readable.
        predictions.add(PicturePrediction.unreadable(file.value(), e.getMessage()));
      }
    }
    float[][] probabilities =
        images.isEmpty() ? new float[0][] : ensemble.predict(images, settings.views());
    int next = 0;
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.get(i) == null) {
        predictions.set(
            i,
            PicturePrediction.of(
                files.get(i).value(),
                probabilities[next++],
                ensemble.description().classes(),
                settings.top()));
      }
    }
    return predictions;
  }
}
