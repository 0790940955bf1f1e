package dev.alexnet.model.image;

import static java.util.Objects.requireNonNull;

/**
 * A picture that cannot become an image of a dataset. The message says what is wrong with its
 * bytes; the caller knows where they came from.
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

  /** The class of what is wrong, as reports count it. */
  public enum Reason {
    /** There is no byte. */
    EMPTY,
    /** The bytes begin as no picture format does: a web page, text, zeros. */
    NOT_AN_IMAGE,
    /** A picture, but of a format or kind that is not decoded. */
    UNSUPPORTED,
    /** The file ends before the picture does. */
    TRUNCATED,
    /** More bytes, pixels, scans or compressed chunks than {@link PictureHeader} allows. */
    TOO_LARGE,
    /** The header contradicts the format. */
    CORRUPT_HEADER,
    /** The header is sound, but the decoder refuses the rest. */
    DECODER_ERROR
  }
}
