package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.text.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The attributes that a PAX header gives the next entry: a series of {@code length key=value\n}.
 */
final class PaxAttributes {
  private static final int MOST_DIGITS = 7;

  private PaxAttributes() {}

  /**
   * @param offset the offset of the content in the archive, for errors
   * @throws DamagedTarException if a length is wrong or a record has no key
   */
  static Map<String, String> parse(byte[] content, long offset) throws DamagedTarException {
    Map<String, String> attributes = new HashMap<>();
    int at = 0;
    while (at < content.length && content[at] != 0) {
      int space = indexOf(content, ' ', at);
      int end = at + count(content, at, space);
      int equals = indexOf(content, '=', space);
      if (end <= equals || end > content.length || content[end - 1] != '\n') {
        throw new DamagedTarException(
            "the attributes at byte %d are damaged".formatted(offset + at));
      }
      attributes.put(
          ByteText.of(Arrays.copyOfRange(content, space + 1, equals)),
          ByteText.of(Arrays.copyOfRange(content, equals + 1, end - 1)));
      at = end;
    }
    return attributes;
  }

  /** The length of the whole record, 0 if it is not a number. */
  private static int count(byte[] content, int from, int to) {
    String digits = new String(content, from, to - from, StandardCharsets.ISO_8859_1);
    return digits.matches("\\d{1," + MOST_DIGITS + "}") ? Integer.parseInt(digits) : 0;
  }

  /** The position of a byte, or the end of the content if it does not occur. */
  private static int indexOf(byte[] content, char wanted, int from) {
    int at = from;
    while (at < content.length && content[at] != wanted) {
      at++;
    }
    return at;
  }
}
