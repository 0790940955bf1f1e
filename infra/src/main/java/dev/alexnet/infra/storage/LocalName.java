package dev.alexnet.infra.storage;

import dev.alexnet.infra.text.ByteText;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Converts names of local files to text and back, including names that are not UTF-8. Java keeps
 * their bytes in a path, but its text has U+FFFD instead; only the URI of a path shows every byte.
 */
final class LocalName {
  private static final char REPLACEMENT = '\uFFFD';

  // Besides the slash, the only byte that no name can contain.
  private static final String NO_BYTE = "\\x00";

  private LocalName() {}

  /** The last part of a path, as {@link ByteText}. */
  static String of(Path path) {
    String name = path.getFileName().toString();
    if (name.indexOf(REPLACEMENT) < 0) {
      return ByteText.of(name);
    }
    String raw = path.toUri().getRawPath();
    // The URI of a directory ends in a slash.
    int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    return ByteText.of(decoded(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end)));
  }

  /**
   * The file that a text names: the one for which {@link #of} gives this text, or, if there is
   * none, the text taken literally.
   */
  static Path path(String text) {
    Path literal = Path.of(text);
    if (!ByteText.hasEscapes(text) || text.contains(NO_BYTE)) {
      return literal;
    }
    Path told = Path.of(URI.create("file://" + encoded(literal.toAbsolutePath().toString())));
    return Files.exists(told, LinkOption.NOFOLLOW_LINKS) ? told : literal;
  }

  private static byte[] decoded(String percent) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < percent.length(); i++) {
      if (percent.charAt(i) == '%') {
        bytes.write(Integer.parseInt(percent.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(percent.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static String encoded(String text) {
    StringBuilder percent = new StringBuilder();
    for (byte value : ByteText.bytes(text)) {
      char character = (char) (value & 0xff);
      boolean plain =
          character < 0x80 && (Character.isLetterOrDigit(character) || character == '/');
      percent.append(plain ? String.valueOf(character) : "%%%02X".formatted((int) character));
    }
    return percent.toString();
  }
}
