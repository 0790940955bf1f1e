package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.text.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a PAX header says of the entry that follows: {@code length key=value\n}, again and again.
 */
final class PaxAttributes {
  private static final int MOST_DIGITS = 7;

  private PaxAttributes() {}

  /**
   * @param offset where the content starts in the archive, for an error
   * @throws DamagedTarException if a length does not fit, or a record has no key
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

  /** The length of the whole record, 0 if there is no such number. */
  private static int count(byte[] content, int from, int to) {
    String digits = new String(content, from, to - from, StandardCharsets.ISO_8859_1);
    return digits.matches("\\d{1," + MOST_DIGITS + "}") ? Integer.parseInt(digits) : 0;
  }

  /** The end of the content where the byte is not in it. */
  private static int indexOf(byte[] content, char wanted, int from) {
    int at = from;
    while (at < content.length && content[at] != wanted) {
      at++;
    }
    return at;
  }
}
