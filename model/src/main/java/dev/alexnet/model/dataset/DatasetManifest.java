package dev.alexnet.model.dataset;

import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * {@code dataset.json}: what a dataset's directory contains. Written last, so a directory without
 * it is not a dataset.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param split {@code train}, {@code validation} or {@code test}
 * @param records how many records all shards hold
 * @param rejected how many pictures of the source are in {@code rejected.jsonl} instead
 * @param imageSize height and width of every image in pixels
 * @param meanImageSize height and width of the mean image in pixels; larger than {@code imageSize}
 *     if {@code operations} cropped the images
 * @param recordSchema the names of a record's features
 * @param labelOrder a title of {@link LabelOrder}
 * @param labelBase what the first class is stored as: {@link RecordSchema#labelBase}
 * @param classes in the order of their labels
 * @param shards in the order of their names
 * @param files the SHA-256, in hexadecimal, of the other files of the dataset, by name; without the
 *     picture of the mean image, which is only for viewing
 * @param operations the augmentation that was applied to the images, in order; empty for a plain
 *     dataset
 * @param settings the settings that the dataset was made with, by name
 * @param source what it was made from, in words
 */
public record DatasetManifest(
    int schemaVersion,
    String split,
    long records,
    long rejected,
    int imageSize,
    int meanImageSize,
    RecordSchema recordSchema,
    String labelOrder,
    int labelBase,
    List<ClassLabel> classes,
    List<Shard> shards,
    SortedMap<String, String> files,
    List<String> operations,
    Map<String, String> settings,
    String source) {
  public static final int SCHEMA_VERSION = 1;

  /** The file format. */
  static final StoredFormat FORMAT =
      new StoredFormat(
          "dataset manifest",
          "schemaVersion",
          SCHEMA_VERSION,
          "make the dataset again, with 'alexnet convert' or 'alexnet augment' into another"
              + " directory");

  public DatasetManifest {
    new Problems("dataset manifest")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schemaVersion is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(split != null && split.matches("[a-z]+"), "split is '%s'", split)
        .require(imageSize > 0, "imageSize is %s; it must be at least 1", imageSize)
        .require(
            meanImageSize >= imageSize,
            "meanImageSize is %s; it must be at least imageSize %s",
            meanImageSize,
            imageSize)
        .require(LabelOrder.titled(labelOrder).isPresent(), "labelOrder is '%s'", labelOrder)
        .require(recordSchema != null, "recordSchema is missing")
        .require(
            recordSchema == null || labelBase == recordSchema.labelBase(),
            "labelBase is %s; it must be %s with the record schema %s",
            labelBase,
            recordSchema == null ? 0 : recordSchema.labelBase(),
            recordSchema)
        .require(classes != null && !classes.isEmpty(), "there are no classes")
        .require(shards != null && !shards.isEmpty(), "there are no shards")
        .require(files != null, "files is missing")
        .require(operations != null, "operations is missing")
        .require(settings != null, "settings is missing")
        .require(source != null, "source is missing")
        .require(rejected >= 0, "rejected is %s; it must be at least 0", rejected)
        .throwIfAny();
    classes = List.copyOf(classes);
    shards = List.copyOf(shards);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    operations = List.copyOf(operations);
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    long counted = shards.stream().mapToLong(Shard::records).sum();
    new Problems("dataset manifest")
        .require(
            isStrictlySorted(classes, LabelOrder.titled(labelOrder).get().comparator()),
            "classes must be sorted by their %s, without duplicates",
            labelOrder.equals(LabelOrder.WNID.title()) ? "wnids" : "numbers")
        .require(
            isStrictlySorted(shards, Comparator.comparing(Shard::name)),
            "shards must be sorted by their names, without duplicates")
        .require(
            counted == records, "records is %s, but the shards hold %s together", records, counted)
        .throwIfAny();
  }

  private static <T> boolean isStrictlySorted(List<T> values, Comparator<T> order) {
    return IntStream.range(1, values.size())
        .allMatch(i -> order.compare(values.get(i - 1), values.get(i)) < 0);
  }

  /** This manifest with other files. */
  DatasetManifest withFiles(SortedMap<String, String> files) {
    return new DatasetManifest(
        schemaVersion,
        split,
        records,
        rejected,
        imageSize,
        meanImageSize,
        recordSchema,
        labelOrder,
        labelBase,
        classes,
        shards,
        files,
        operations,
        settings,
        source);
  }

  /**
   * How wide these images must be for a network: plain images are cropped when they are read,
   * augmented ones were cropped before.
   *
   * @param imageSize of the images that the network's crops are from, in pixels
   * @param inputSize of the crops
   */
  public int neededSize(int imageSize, int inputSize) {
    return operations.isEmpty() ? imageSize : inputSize;
  }

  public Labels labels() {
    return new Labels(classes, LabelOrder.titled(labelOrder).orElseThrow());
  }

  /** The codec for its records. */
  public ExampleCodec codec() {
    return new ExampleCodec(recordSchema, labels(), imageSize);
  }
}
