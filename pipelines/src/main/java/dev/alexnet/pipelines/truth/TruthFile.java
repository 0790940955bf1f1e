package dev.alexnet.pipelines.truth;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import java.io.IOException;
import java.util.Set;

/**
 * A file of right labels: ReaL's {@code real.json} (Beyer et al., 2020, "Are we done with
 * ImageNet?"), or a CSV file with an image's name and its labels in each line.
 *
 * @param truth what it says
 * @param hash its SHA-256
 */
public record TruthFile(Truth truth, String hash) {

  /**
   * @param model the classes that the labels are of
   * @throws Failure of kind INPUT_MISSING if the file does not exist, BAD_DATA if it is malformed,
   *     MISMATCH if its labels are not of these classes
   */
  public static TruthFile read(ObjectStore store, Location file, Labels model) {
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no file " + file + "; give --truth ReaL's real.json, or a CSV file");
    }
    byte[] content = store.readAll(file);
    if (startsWith(content, '{')) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is a JSON object. ReaL's real.json is a list of lists of labels; write labels by the names of images as CSV, with lines such as a.JPEG,n01440764 n01443537"
              .formatted(file));
    }
    Truth truth =
        startsWith(content, '[')
            ? RealTruth.read(content, file, model)
            : CsvTruth.read(content, file, model);
    return new TruthFile(truth, Sha256.of(content));
  }

  /**
   * Requires that this is about the images of a dataset. Reads records up to the first that it is
   * about.
   *
   * @param file the file that this was read from
   * @throws Failure of kind MISMATCH if it is about none
   */
  public void requireAnImageOf(Dataset dataset, Location file) {
    String first = null;
    ExampleCodec codec = dataset.manifest().codec();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader records = dataset.read(shard)) {
        for (byte[] record = records.next(); record != null; record = records.next()) {
          String image = codec.decode(record, records.where()).fileName();
          if (truth.rightLabels(image).isPresent()) {
            return;
          }
          first = first == null ? image : first;
        }
      } catch (IOException e) {
        throw Failure.inputOutput("read", dataset.shardLocation(shard), e);
      }
    }
    throw new Failure(
        Failure.Kind.MISMATCH,
        "%s names no image of %s: the first that it names is '%s', and the first of the dataset is '%s'. Give a file with the names of the dataset's images"
            .formatted(file, dataset.location(), truth.imagesBesides(Set.of()).get(0), first));
  }

  /** Whether it is JSON; no line of names can begin like it. */
  private static boolean startsWith(byte[] content, char first) {
    int start = 0;
    while (start < content.length && Character.isWhitespace(content[start])) {
      start++;
    }
    return start < content.length && content[start] == first;
  }
}
