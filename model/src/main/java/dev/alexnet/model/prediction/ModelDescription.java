package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code model.json}: what a model's directory contains. Written last, so a directory without it is
 * not a model.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param preset the network's name
 * @param imageSize height and width in pixels of the images that it was trained from
 * @param inputSize height and width in pixels of the crop that it sees
 * @param parameters how many learned values it has
 * @param classes in the order of their labels
 * @param steps how many steps it was trained
 * @param datasetHash the SHA-256 of the training set's manifest
 * @param savedModelHash the SHA-256 of {@code saved_model.pb}
 * @param settings the settings of its training, by name
 * @param replacedOperations why some operations of the training were computed in another form than
 *     the usual one; empty if the processor computes correctly
 */
public record ModelDescription(
    int schemaVersion,
    String preset,
    int imageSize,
    int inputSize,
    long parameters,
    List<ClassLabel> classes,
    long steps,
    String datasetHash,
    String savedModelHash,
    Map<String, String> settings,
    List<String> replacedOperations) {
  public static final int SCHEMA_VERSION = 2;

  /** The file format. */
  static final StoredFormat FORMAT =
      new StoredFormat(
          "model description",
          "schemaVersion",
          SCHEMA_VERSION,
          "train the model again, into another directory");

  /** The file's name within the model's directory. */
  public static final String FILE = "model.json";

  /** What to do with a damaged model. */
  static final String REMEDY =
      "Copy the model again from where it was trained; or delete its directory and run the "
          + "same 'alexnet train' command again, which exports the model from its last checkpoint";

  public ModelDescription {
    new Problems("model description")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schemaVersion is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(preset != null, "preset is missing")
        .require(inputSize > 0, "inputSize is %s", inputSize)
        .require(imageSize >= inputSize, "imageSize is %s", imageSize)
        .require(parameters > 0, "parameters is %s", parameters)
        .require(classes != null && !classes.isEmpty(), "there are no classes")
        .require(steps >= 0, "steps is %s", steps)
        .require(datasetHash != null, "datasetHash is missing")
        .require(savedModelHash != null, "savedModelHash is missing")
        .require(settings != null, "settings is missing")
        .require(replacedOperations != null, "replacedOperations is missing")
        .throwIfAny();
    classes = List.copyOf(classes);
    settings = new TreeMap<>(settings);
    replacedOperations = List.copyOf(replacedOperations);
  }

  public Labels labels() {
    return Labels.stored(classes);
  }

  /**
   * @param savedModel the content of the model's file
   * @throws Failure of kind BAD_DATA if it is not the one that was described
   */
  void requireOwn(byte[] savedModel, Location file) {
    if (!Sha256.of(savedModel).equals(savedModelHash)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file
              + " is not the file that "
              + FILE
              + " describes: it is damaged, or belongs to another model. "
              + REMEDY);
    }
  }
}
