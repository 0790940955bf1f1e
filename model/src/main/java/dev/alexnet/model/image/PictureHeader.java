package dev.alexnet.model.image;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of a picture file, read without decoding the file: decoders allocate what a header
 * declares, so a file of a few hundred bytes can exhaust the memory.
 *
 * @param format detected from the content, because names can be wrong: ImageNet has a PNG named
 *     {@code .JPEG}
 * @param width in pixels, as stored; the orientation of EXIF is ignored, as all readers of ImageNet
 *     do
 * @param height in pixels, as stored
 * @param components 1 for grey, 3 for colour, 4 for CMYK or colour with transparency
 */
public record PictureHeader(Format format, int width, int height, int components) {
  /** The largest file that is decoded: 64 MiB. */
  public static final int LARGEST_FILE = 64 << 20;

  /** The largest picture that is decoded, in pixels. */
  public static final long LARGEST_AREA = 50_000_000;

  /** The most scans of a progressive JPEG: encoders write about ten, and each costs a decoding. */
  public static final int MOST_SCANS = 100;

  /** The most compressed texts and profiles of a PNG; the decoder inflates them. */
  public static final int MOST_COMPRESSED_CHUNKS = 16;

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** The formats that are decoded. */
  public enum Format {
    JPEG,
    PNG
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
    if (header.area() > LARGEST_AREA) {
      throw new RejectedPicture(
          Reason.TOO_LARGE,
          "it is %d × %d pixels; the limit is %d pixels"
              .formatted(header.width, header.height, LARGEST_AREA));
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

  /** The number of pixels. */
  public long area() {
    return (long) width * height;
  }

  private static PictureHeader parse(byte[] file) throws RejectedPicture {
    if (startsWith(file, PNG_SIGNATURE)) {
      return PngHeader.parse(file);
    }
    if (file.length >= 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8) {
      return JpegHeader.parse(file);
    }
    String other = nameOfOther(file);
    if (other != null) {
      throw new RejectedPicture(
          Reason.UNSUPPORTED, "it is a " + other + " file; JPEG and PNG are decoded");
    }
    throw new RejectedPicture(
        Reason.NOT_AN_IMAGE,
        "it starts with " + start(file) + ", which is not a known image format");
  }

  private static String nameOfOther(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 12), StandardCharsets.ISO_8859_1);
    if (start.startsWith("GIF8")) {
      return "GIF";
    }
    if (start.startsWith("BM")) {
      return "BMP";
    }
    if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return "WebP";
    }
    if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return "TIFF";
    }
    if (start.startsWith("%PDF")) {
      return "PDF";
    }
    return start.startsWith("\u001f\u008b") ? "gzip" : null;
  }

  private static String start(byte[] file) {
    byte[] start = Arrays.copyOf(file, Math.min(file.length, 16));
    StringBuilder text = new StringBuilder("'");
    for (byte value : start) {
      boolean printable = value >= ' ' && value <= '~';
      text.append(printable ? String.valueOf((char) value) : "\\x%02x".formatted(value));
    }
    return text.append('\'').toString();
  }

  private static boolean startsWith(byte[] file, byte[] signature) {
    return file.length >= signature.length
        && Arrays.equals(file, 0, signature.length, signature, 0, signature.length);
  }
}
