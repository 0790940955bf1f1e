package dev.alexnet.ops.similarity;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.RecordedPlace;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetRows;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.ops.picture.Theme;
import dev.alexnet.ops.prediction.PictureFiles;
import dev.alexnet.pipelines.features.Features;
import dev.alexnet.pipelines.features.FeaturesManifest;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.features.NearestNeighbours;
import dev.alexnet.pipelines.features.Neighbour;
import dev.alexnet.pipelines.output.ResultOutput;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/**
 * Finds the images of a dataset whose features are nearest to those of some pictures, as in Figure
 * 4 of the paper.
 */
public final class SimilarImages {
  /** The directory of the shown images, within the output. */
  private static final String IMAGES = "images";

  private static final Pattern SHOWN = Pattern.compile("query-\\d+(-neighbour-\\d+)?\\.jpg");

  private final ObjectStore store;
  private final PictureFiles pictureFiles;
  private final NeighbourFiles neighbourFiles;
  private final FeaturesPipeline featuresPipeline;

  @Inject
  public SimilarImages(
      ObjectStore store,
      PictureFiles pictureFiles,
      NeighbourFiles neighbourFiles,
      FeaturesPipeline featuresPipeline) {
    this.store = requireNonNull(store, "store is null");
    this.pictureFiles = requireNonNull(pictureFiles, "pictureFiles is null");
    this.neighbourFiles = requireNonNull(neighbourFiles, "neighbourFiles is null");
    this.featuresPipeline = requireNonNull(featuresPipeline, "featuresPipeline is null");
  }

  /**
   * Finds the images and writes them with a picture of them; {@link Neighbours#FILE} is written
   * last.
   *
   * @param options of the pipeline that writes features if none are given
   * @param progress is told about images, then of rows
   * @param notices is told about damaged features that are written again and of operations that are
   *     computed in another form, in sentences
   * @throws Failure of kind INPUT_MISSING if something is missing, MISMATCH if features, dataset
   *     and model do not belong together, BAD_DATA if a query cannot be read or features are
   *     damaged, OUTPUT_EXISTS if the output is a dataset or a model
   */
  public Neighbours run(
      SimilarSettings settings,
      PipelineOptions options,
      Progress progress,
      Consumer<String> notices) {
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    Dataset dataset = Dataset.open(store, settings.data());
    ModelDescription model = Predictor.describe(store, settings.model());
    List<QueryImage> queries = new QueryReader(store, pictureFiles).read(settings, dataset, model);
    Features features = features(settings, dataset, model, options, progress, notices);
    List<List<Neighbour>> nearest =
        NearestNeighbours.of(
            features,
            featuresOf(queries, settings.model(), notices),
            queries.stream().map(QueryImage::ownRow).toList(),
            settings.neighbours(),
            progress);
    Set<Long> rows = new TreeSet<>();
    nearest.forEach(ofQuery -> ofQuery.forEach(neighbour -> rows.add(neighbour.row())));
    Map<Long, ImageRecord> records = DatasetRows.read(dataset, rows);
    // Delete the old results first, so that they are never beside new images.
    store.delete(settings.output().resolve(Neighbours.FILE));
    deleteImages(settings.output());
    ClassNames names = new ClassNames(dataset.manifest().labels());
    List<Neighbours.Query> found = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      found.add(found(settings.output(), i, queries.get(i), nearest.get(i), records, names));
    }
    Neighbours neighbours =
        new Neighbours(
            Neighbours.SCHEMA_VERSION,
            RecordedPlace.of(settings.model(), settings.output()),
            model.savedModelHash(),
            RecordedPlace.of(settings.data(), settings.output()),
            dataset.hash(),
            features.manifest().values(),
            found);
    store.write(
        settings.output().resolve(Neighbours.PICTURE),
        NeighbourPicture.of(neighbourFiles.rows(settings.output(), neighbours)).png(Theme.LIGHT));
    store.write(settings.output().resolve(Neighbours.FILE), Json.document(neighbours));
    store.deleteAbandoned(settings.output());
    return neighbours;
  }

  /** Deletes those of an earlier run only; other files belong to somebody else. */
  private void deleteImages(Location output) {
    Location images = output.resolve(IMAGES);
    store.list(images).stream()
        .filter(name -> SHOWN.matcher(name).matches())
        .forEach(name -> store.delete(images.resolve(name)));
    store.deleteAbandoned(images);
  }

  private Features features(
      SimilarSettings settings,
      Dataset dataset,
      ModelDescription model,
      PipelineOptions options,
      Progress progress,
      Consumer<String> notices) {
    if (settings.features() == null) {
      featuresPipeline.run(settings.featuresToWrite(), options, progress, notices);
      return Features.open(store, settings.featuresToWrite().output());
    }
    Features given = Features.open(store, settings.features());
    FeaturesManifest manifest = given.manifest();
    if (!manifest.datasetHash().equals(dataset.hash())
        || !manifest.modelHash().equals(model.savedModelHash())
        || manifest.views() != 1) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          settings.features()
              + " does not hold the features that "
              + settings.model()
              + " computes from one view of each image of "
              + settings.data()
              + "; they were made from "
              + manifest.dataset()
              + " with "
              + manifest.model()
              + ". Leave out --features to compute them again");
    }
    return given;
  }

  private float[][] featuresOf(List<QueryImage> queries, Location model, Consumer<String> notices) {
    float[][] features = new float[queries.size()][];
    try (Ensemble ensemble = Ensemble.load(store, Ensemble.members(List.of(model), List.of()), 1)) {
      ensemble.arithmetic().replaced().forEach(notices);
      for (int i = 0; i < features.length; i++) {
        features[i] = ensemble.features(queries.get(i).jpeg(), 1)[0];
      }
      return features;
    } catch (TFInvalidArgumentException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA, "A picture of --query cannot be decoded: " + e.getMessage(), e);
    }
  }

  private Neighbours.Query found(
      Location output,
      int index,
      QueryImage query,
      List<Neighbour> nearest,
      Map<Long, ImageRecord> records,
      ClassNames names) {
    List<Neighbours.Found> found = new ArrayList<>();
    for (Neighbour neighbour : nearest) {
      ImageRecord record = records.get(neighbour.row());
      int label = (int) record.label();
      String file = IMAGES + "/query-%03d-neighbour-%02d.jpg".formatted(index, found.size() + 1);
      store.write(output.resolve(file), record.image());
      found.add(
          new Neighbours.Found(
              record.fileName(),
              neighbour.row(),
              label,
              label < 0 ? "" : names.brief(label),
              label < 0 ? "" : names.wnid(label),
              neighbour.distance(),
              file));
    }
    String file = IMAGES + "/query-%03d.jpg".formatted(index);
    store.write(output.resolve(file), query.jpeg().get(0));
    return new Neighbours.Query(
        query.image(),
        RecordedPlace.of(new Location(query.source()), output),
        query.name(),
        query.wnid(),
        file,
        found);
  }
}
