package dev.alexnet.ops.similarity;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetRows;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.prediction.PictureFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Reads the pictures whose neighbours are searched. */
final class QueryReader {
  private final ObjectStore store;
  private final PictureFiles pictureFiles;

  QueryReader(ObjectStore store, PictureFiles pictureFiles) {
    this.store = store;
    this.pictureFiles = pictureFiles;
  }

  /**
   * Reads all pictures that the settings name.
   *
   * @param searched the dataset in which neighbours are searched
   * @throws Failure of kind INPUT_MISSING if a place does not exist, BAD_DATA if a picture cannot
   *     be read, MISMATCH if a dataset's images do not have the model's size
   */
  List<QueryImage> read(SimilarSettings settings, Dataset searched, ModelDescription model) {
    List<QueryImage> queries = new ArrayList<>();
    if (settings.givesImages()
        && settings.queries().stream().noneMatch(place -> Dataset.isAt(store, place))) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--images says how many images to take from a dataset in --query, but none of %s is a dataset; leave it out"
              .formatted(settings.queries()));
    }
    for (Location place : settings.queries()) {
      if (Dataset.isAt(store, place)) {
        queries.addAll(ofDataset(Dataset.open(store, place), settings.images(), searched, model));
      } else {
        queries.addAll(ofFiles(place, settings, model));
      }
    }
    return queries;
  }

  private static List<QueryImage> ofDataset(
      Dataset dataset, int most, Dataset searched, ModelDescription model) {
    int expected = dataset.manifest().neededSize(model.imageSize(), model.inputSize());
    if (dataset.manifest().imageSize() != expected) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The images of %s are %d pixels wide; the model takes images of %d. Convert them with --size %d"
              .formatted(
                  dataset.location(), dataset.manifest().imageSize(), expected, model.imageSize()));
    }
    long records = dataset.manifest().records();
    long count = Math.min(most, records);
    boolean same = dataset.hash().equals(searched.hash());
    ClassNames names = new ClassNames(dataset.manifest().labels());
    List<Long> rows =
        LongStream.range(0, count).mapToObj(index -> index * records / count).toList();
    List<QueryImage> queries = new ArrayList<>();
    DatasetRows.read(dataset, rows)
        .forEach(
            (row, record) ->
                queries.add(
                    new QueryImage(
                        record.fileName(),
                        dataset.location().value(),
                        nameOf(record, names),
                        record.label() < 0 ? "" : names.wnid((int) record.label()),
                        List.of(record.image()),
                        same ? row : -1)));
    return queries;
  }

  private static String nameOf(ImageRecord record, ClassNames names) {
    return record.label() < 0 ? "" : names.brief((int) record.label());
  }

  private List<QueryImage> ofFiles(
      Location place, SimilarSettings settings, ModelDescription model) {
    List<QueryImage> queries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (PictureConverter converter =
        new PictureConverter(
            model.imageSize(), PictureConverter.USUAL_QUALITY, settings.resize())) {
      for (Location file : pictureFiles.find(List.of(place))) {
        try {
          byte[] jpeg = converter.convert(pictureFiles.read(file)).jpeg();
          queries.add(new QueryImage(file.name(), file.value(), "", "", List.of(jpeg), -1));
        } catch (RejectedPicture e) {
          problems.add(file + ": " + e.reason() + ": " + e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%,d of the queries cannot be read:\n  %s"
              .formatted(problems.size(), String.join("\n  ", problems)));
    }
    return queries;
  }
}
