package dev.alexnet.infra.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that file systems and archives keep as bytes, as text: UTF-8 as it is; of other names the
 * bytes beyond ASCII as {@code \xff}. A backslash that would read as such a byte becomes {@code
 * \x5c}, so that different names have different texts and every text leads back to its bytes.
 */
public final class ByteText {
  private static final Pattern ESCAPE = Pattern.compile("\\\\x(5c|[89a-f][0-9a-f])");
  private static final String BACKSLASH = "\\x5c";

  private ByteText() {}

  public static String of(byte[] bytes) {
    if (isUtf8(bytes)) {
      return escapedBackslashes(new String(bytes, StandardCharsets.UTF_8));
    }
    // Each byte is a character first, so that those beyond ASCII are never joined.
    StringBuilder text = new StringBuilder();
    escapedBackslashes(new String(bytes, StandardCharsets.ISO_8859_1))
        .chars()
        .forEach(
            value ->
                text.append(
                    value < 0x80 ? String.valueOf((char) value) : "\\x%02x".formatted(value)));
    return text.toString();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String escapedBackslashes(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(BACKSLASH + match.group().substring(1)));
  }

  /** Whether a text is not its own bytes in UTF-8. */
  public static boolean hasEscapes(String text) {
    return ESCAPE.matcher(text).find();
  }

  /** The bytes that a text of {@link #of} stands for. */
  public static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(text);
    int end = 0;
    while (escape.find()) {
      bytes.writeBytes(text.substring(end, escape.start()).getBytes(StandardCharsets.UTF_8));
      bytes.write(Integer.parseInt(escape.group(1), 16));
      end = escape.end();
    }
    bytes.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
