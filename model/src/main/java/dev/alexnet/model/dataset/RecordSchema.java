package dev.alexnet.model.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The names of a record's features, and the number of its first label. */
public enum RecordSchema {
  /** The names of TensorFlow Datasets; labels from 0, −1 if the class is not known. */
  TFDS("image", "label", "file_name", "wnid", 0),

  /** The names of TF-Slim's ImageNet; labels from 1, 0 if the class is not known. */
  SLIM("image/encoded", "image/class/label", "image/filename", "image/class/synset", 1);

  /** What users call them. */
  public static final List<String> NAMES =
      Arrays.stream(values()).map(RecordSchema::toString).toList();

  private final String image;
  private final String label;
  private final String fileName;
  private final String wnid;
  private final int labelBase;

  RecordSchema(String image, String label, String fileName, String wnid, int labelBase) {
    this.image = image;
    this.label = label;
    this.fileName = fileName;
    this.wnid = wnid;
    this.labelBase = labelBase;
  }

  /**
   * @param name {@code tfds} or {@code slim}
   * @throws Failure of kind USAGE for any other
   */
  @JsonCreator
  public static RecordSchema of(String name) {
    return Arrays.stream(values())
        .filter(schema -> schema.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.USAGE,
                    "record-schema is '" + name + "'" + Suggestion.forWord(name, NAMES)));
  }

  /** The feature with the JPEG file, bytes. */
  public String image() {
    return image;
  }

  /** The feature with the class, int64. */
  public String label() {
    return label;
  }

  /** The feature with the id of the image, bytes in UTF-8. */
  public String fileName() {
    return fileName;
  }

  /** The feature with the WordNet id, bytes in UTF-8. */
  public String wnid() {
    return wnid;
  }

  /** What the first class is stored as. */
  public int labelBase() {
    return labelBase;
  }

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
