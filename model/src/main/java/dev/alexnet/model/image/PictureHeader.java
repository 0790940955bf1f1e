package dev.alexnet.model.image;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.util.Optional;

/**
 * The header of a picture file, read without decoding the file: decoders allocate what a header
 * declares, so a file of a few hundred bytes can exhaust the memory.
 *
 * @param format detected from the content, because names can be wrong: ImageNet has a PNG named
 *     {@code .JPEG}
 * @param width in pixels, as stored; the orientation of EXIF is ignored, as all readers of ImageNet
 *     do
 * @param height in pixels, as stored
 * @param components 1 for grey, 3 for colour, 4 for CMYK or colour with transparency; 3 for all
 *     pictures that are decoded in Java
 */
public record PictureHeader(Format format, int width, int height, int components) {
  /** The largest file that is decoded: 64 MiB. */
  public static final int LARGEST_FILE = 64 << 20;

  /** The largest picture that is decoded, in pixels. */
  public static final long LARGEST_AREA = 50_000_000;

  /**
   * The largest picture that is decoded in Java, in pixels: it is in the heap, with up to 8 bytes a
   * pixel.
   */
  public static final long LARGEST_AREA_IN_JAVA = 25_000_000;

  /** The most scans of a progressive JPEG: encoders write about ten, and each costs a decoding. */
  public static final int MOST_SCANS = 100;

  /** The most compressed texts and profiles of a PNG; the decoder inflates them. */
  public static final int MOST_COMPRESSED_CHUNKS = 16;

  /** The formats that are decoded. */
  public enum Format {
    JPEG,
    PNG,
    GIF,
    BMP,
    TIFF,
    WEBP;

    /** Whether TensorFlow decodes it; the others are decoded in Java. */
    boolean isNative() {
      return this == JPEG || this == PNG;
    }

    /** The largest picture that is decoded, in pixels. */
    long largestArea() {
      return isNative() ? LARGEST_AREA : LARGEST_AREA_IN_JAVA;
    }
  }

  /**
   * Reads and checks the header.
   *
   * @throws RejectedPicture for every reason but {@link Reason#DECODER_ERROR}
   */
  public static PictureHeader read(byte[] file) throws RejectedPicture {
    if (file.length == 0) {
      throw new RejectedPicture(Reason.EMPTY, "the file is empty");
    }
    checkLength(file.length);
    PictureHeader header = parse(file);
    if (header.area() > header.format.largestArea()) {
      throw new RejectedPicture(
          Reason.TOO_LARGE,
          "it is %d × %d pixels; the limit is %d pixels"
              .formatted(header.width, header.height, header.format.largestArea()));
    }
    return header;
  }

  /**
   * Rejects a file by its length, before it is read.
   *
   * @throws RejectedPicture of the reason {@link Reason#TOO_LARGE}
   */
  public static void checkLength(long length) throws RejectedPicture {
    if (length > LARGEST_FILE) {
      throw new RejectedPicture(
          Reason.TOO_LARGE, "it has " + length + " bytes; the limit is " + LARGEST_FILE);
    }
  }

  /**
   * Whether a file is a picture of a format that is read, whatever its name.
   *
   * @param start its first 16 bytes, or all of a shorter file
   */
  public static boolean isOfPicture(byte[] start) {
    return PictureFormat.isRead(start);
  }

  /**
   * The name, with its article, of the format of a file that is known and not read: {@code a
   * Photoshop}; empty if it is of another format, or of none.
   *
   * @param start its first bytes, up to 512
   */
  public static Optional<String> nameOfUnsupported(byte[] start) {
    return PictureFormat.isRead(start) ? Optional.empty() : PictureFormat.nameOfOther(start);
  }

  /** The number of pixels. */
  public long area() {
    return (long) width * height;
  }

  private static PictureHeader parse(byte[] file) throws RejectedPicture {
    Format format = PictureFormat.of(file);
    return switch (format) {
      case JPEG -> JpegHeader.parse(file);
      case PNG -> PngHeader.parse(file);
      default -> ImageIoDecoding.header(format, file);
    };
  }
}
