package dev.alexnet.infra.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;

/**
 * A JSON file format of this program, with the format version that it writes and reads. Other
 * versions of the program may use other format versions.
 *
 * @param title what the file is, as {@code dataset manifest}
 * @param versionKey the key of the version in the file
 * @param version the format version that this program writes and reads
 * @param remedy what to do with a file that cannot be read, as the end of a sentence
 */
public record StoredFormat(String title, String versionKey, int version, String remedy) {
  public StoredFormat {
    requireNonNull(title, "title is null");
    requireNonNull(versionKey, "versionKey is null");
    requireNonNull(remedy, "remedy is null");
  }

  /**
   * Reads a file of this kind strictly.
   *
   * @param where what to call the file in an error
   * @throws Failure of kind MISMATCH if another version of this program wrote it, BAD_DATA if it is
   *     something else or damaged
   */
  public <T> T read(byte[] json, Class<T> type, Object where) {
    JsonNode tree = reading(json, JsonNode.class, where);
    JsonNode found = tree.path(versionKey);
    if (!found.canConvertToInt() || !found.isIntegralNumber()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where
              + " is not a "
              + title
              + " of this program: it has no number '"
              + versionKey
              + "'. Check the directory. If it is right, "
              + remedy);
    }
    if (found.intValue() != version) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          where
              + " was written by "
              + (found.intValue() > version ? "a newer" : "an older")
              + " version of this program: its "
              + versionKey
              + " is "
              + found.intValue()
              + "; this program reads "
              + version
              + ". Use the version that wrote it, or "
              + remedy);
    }
    return reading(json, type, where);
  }

  private <T> T reading(byte[] json, Class<T> type, Object where) {
    try {
      return Json.read(json, type, where);
    } catch (Failure e) {
      throw new Failure(
          e.kind(),
          e.getMessage()
              + ". Another version of this program wrote it, or it was changed later; "
              + remedy,
          e);
    }
  }
}
