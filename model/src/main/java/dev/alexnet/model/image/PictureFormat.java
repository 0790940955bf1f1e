package dev.alexnet.model.image;

import dev.alexnet.model.image.PictureHeader.Format;
import dev.alexnet.model.image.RejectedPicture.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises formats by the first bytes of files. */
final class PictureFormat {
  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final String READ = "JPEG, PNG, GIF, BMP, TIFF and WebP";

  /** Brands of the container that HEIC and AVIF share, at byte 8. */
  private static final List<String> HEIF_BRANDS =
      List.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private static final int TEXT_READ = 512;

  /** The kind, then the width, the height, and colours unless there are only two. */
  private static final Pattern NETPBM =
      Pattern.compile(
          "P(?:[1-6]\\s(?:\\s|#[^\\n]*\\n)*\\d+\\s|7\\s*\\n\\s*[A-Z#]|[Ff]\\s+\\d+\\s)");

  /** The element may follow a declaration, comments and a type. */
  private static final Pattern SVG =
      Pattern.compile(
          "(?:\u00ef\u00bb\u00bf)?\\s*(?:<\\?xml[^>]*>\\s*|<!--.*?-->\\s*|<!DOCTYPE svg[^>]*(?:\\[[^\\]]*\\])?[^>]*>\\s*)*<svg[\\s>:]",
          Pattern.DOTALL);

  private PictureFormat() {}

  /**
   * @param file not empty
   * @throws RejectedPicture of the reason UNSUPPORTED or NOT_AN_IMAGE
   */
  static Format of(byte[] file) throws RejectedPicture {
    String start = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
    Optional<Format> format = format(file, start);
    if (format.isPresent()) {
      return format.get();
    }
    Optional<String> other = nameOfOther(file);
    throw other.isEmpty()
        ? new RejectedPicture(
            Reason.NOT_AN_IMAGE,
            "it starts with " + printable(file) + ", which is not a known image format")
        : new RejectedPicture(
            Reason.UNSUPPORTED,
            "it is %s file, which is not supported: convert it to JPEG or PNG (%s are read)"
                .formatted(other.get(), READ));
  }

  /** Whether a file that starts so is a picture of a format that is read. */
  static boolean isRead(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    Optional<Format> format = format(start, text);
    // Two letters begin many texts; four bytes of a bitmap's header are always 0.
    return format.isPresent() && (format.get() != Format.BMP || text.startsWith("\0\0\0\0", 6));
  }

  private static Optional<Format> format(byte[] file, String start) {
    if (startsWith(file, PNG_SIGNATURE)) {
      return Optional.of(Format.PNG);
    }
    if (start.startsWith("\u00ff\u00d8")) {
      return Optional.of(Format.JPEG);
    }
    if (start.startsWith("GIF8")) {
      return Optional.of(Format.GIF);
    }
    if (start.startsWith("BM")) {
      return Optional.of(Format.BMP);
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of(Format.WEBP);
    }
    return start.startsWith("II*\0") || start.startsWith("MM\0*")
        ? Optional.of(Format.TIFF)
        : Optional.empty();
  }

  /**
   * The name of a format that is known and not read, with its article.
   *
   * @param file or its first bytes
   */
  static Optional<String> nameOfOther(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
    return Optional.ofNullable(nameOfBinary(start)).or(() -> Optional.ofNullable(nameOfText(file)));
  }

  /** Netpbm's formats may begin like a text, so what follows must fit too. */
  private static String nameOfText(byte[] file) {
    String text =
        new String(file, 0, Math.min(file.length, TEXT_READ), StandardCharsets.ISO_8859_1);
    if (NETPBM.matcher(text).lookingAt()) {
      return "a PPM or other Netpbm";
    }
    return SVG.matcher(text).lookingAt() ? "an SVG" : null;
  }

  private static String nameOfBinary(String start) {
    if (start.startsWith("ftyp", 4) && start.length() >= 12) {
      String brand = start.substring(8, 12);
      if (HEIF_BRANDS.contains(brand)) {
        return "a HEIC";
      }
      return brand.startsWith("avi") ? "an AVIF" : "an MP4 or other ISO media";
    }
    if (start.startsWith("\0\0\0\fJXL ") || start.startsWith("\u00ff\n")) {
      return "a JPEG XL";
    }
    if (start.startsWith("\0\0\0\fjP  ") || start.startsWith("\u00ffO\u00ffQ")) {
      return "a JPEG 2000";
    }
    if (start.startsWith("8BPS")) {
      return "a Photoshop";
    }
    if (start.startsWith("%PDF")) {
      return "a PDF";
    }
    if (start.startsWith("PK\u0003\u0004")) {
      return "a ZIP";
    }
    return start.startsWith("\u001f\u008b") ? "a gzip" : null;
  }

  private static String printable(byte[] file) {
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
