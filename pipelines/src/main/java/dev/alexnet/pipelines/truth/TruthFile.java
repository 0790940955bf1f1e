package dev.alexnet.pipelines.truth;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Labels;

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
    Truth truth =
        isJson(content)
            ? RealTruth.read(content, file, model)
            : CsvTruth.read(content, file, model);
    return new TruthFile(truth, Sha256.of(content));
  }

  /** A list in JSON; no line of names can begin like it. */
  private static boolean isJson(byte[] content) {
    int start = 0;
    while (start < content.length && Character.isWhitespace(content[start])) {
      start++;
    }
    return start < content.length && content[start] == '[';
  }
}
