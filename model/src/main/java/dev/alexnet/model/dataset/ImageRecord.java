package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;

/**
 * One image of a dataset.
 *
 * @param image a JPEG file; not copied, so it must not be changed
 * @param label the class, counted from 0 in the {@link LabelOrder}; {@link #NO_LABEL} if it is not
 *     known
 * @param fileName the stable id of the image, such as {@code n01440764_10026.JPEG}
 * @param wnid the WordNet id of the class, empty if it is not known
 */
@SuppressWarnings("ArrayRecordComponent")
public record ImageRecord(byte[] image, long label, String fileName, String wnid) {
  /** The label of an image whose class is not known. */
  public static final long NO_LABEL = -1;

  public ImageRecord {
    requireNonNull(image, "image is null");
    requireNonNull(wnid, "wnid is null");
    if (fileName == null || fileName.isEmpty()) {
      throw new Failure(Failure.Kind.BAD_DATA, "An image record has no file name");
    }
    if (label < NO_LABEL) {
      throw new Failure(
          Failure.Kind.BAD_DATA, fileName + " has the label " + label + "; it must be at least -1");
    }
  }
}
