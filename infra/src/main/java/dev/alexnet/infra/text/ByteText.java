package dev.alexnet.infra.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes names, which file systems and archives keep as bytes, as text on one line. UTF-8 stays as
 * it is; an escape such as {@code \xff} stands for each non-ASCII byte of a name that is not UTF-8,
 * and for the bytes of control characters and of spaces at either end. A backslash that would start
 * an escape becomes {@code \x5c}. So different names have different texts, no text contains the end
 * of a line or a column, and the bytes can be recovered from every text.
 */
public final class ByteText {
  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");

  private ByteText() {}

  public static String of(byte[] bytes) {
    try {
      return of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder();
      // In Latin-1 each byte is one character, so non-ASCII bytes are never combined.
      String latin = new String(bytes, StandardCharsets.ISO_8859_1);
      for (int i = 0; i < latin.length(); i++) {
        char value = latin.charAt(i);
        if (value >= 0x80 || mustBeEscaped(latin, i, value)) {
          append(text, value);
        } else {
          text.append(value);
        }
      }
      return text.toString();
    }
  }

  /** The same for a name whose bytes are UTF-8. */
  public static String of(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int point = name.codePointAt(i);
      if (mustBeEscaped(name, i, point)) {
        for (byte value : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          append(text, value & 0xff);
        }
      } else {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  private static boolean mustBeEscaped(String name, int place, int point) {
    boolean end = place == 0 || place + Character.charCount(point) == name.length();
    return PlainText.isControl(point)
        || (end && PlainText.isSpace(point))
        || (point == '\\' && ESCAPE.matcher(name).region(place, name.length()).lookingAt());
  }

  private static void append(StringBuilder text, int value) {
    text.append("\\x%02x".formatted(value));
  }

  /** Whether a text contains escapes. */
  public static boolean hasEscapes(String text) {
    return ESCAPE.matcher(text).find();
  }

  /** The bytes that a text stands for. */
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
