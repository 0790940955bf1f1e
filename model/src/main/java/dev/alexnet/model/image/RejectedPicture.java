package dev.alexnet.model.image;

import static java.util.Objects.requireNonNull;

/**
 * A picture that cannot become an image of a dataset. The message says what is wrong with its
 * bytes; the caller knows where the picture came from.
 */
public final class RejectedPicture extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  RejectedPicture(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason, "reason is null");
  }

  public Reason reason() {
    return reason;
  }

  /** The category of what is wrong, as reports count it. */
  public enum Reason {
    /** The file is empty. */
    EMPTY,
    /** The file starts like no known image format: a web page, text, zeros. */
    NOT_AN_IMAGE,
    /** A picture, but of an unsupported format or kind. */
    UNSUPPORTED,
    /** The file ends before the picture does. */
    TRUNCATED,
    /** More bytes, pixels, scans or compressed chunks than {@link PictureHeader} allows. */
    TOO_LARGE,
    /** The header contradicts the format. */
    CORRUPT_HEADER,
    /** The header is valid, but the rest cannot be decoded. */
    DECODER_ERROR
  }
}
