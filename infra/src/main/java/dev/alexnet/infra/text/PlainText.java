package dev.alexnet.infra.text;

import dev.alexnet.infra.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads text files that people write. */
public final class PlainText {
  /** Windows programs put it at the start of UTF-8 files. */
  public static final char BYTE_ORDER_MARK = '\uFEFF';

  private PlainText() {}

  /** The text of a file in UTF-8, without the byte order mark that may precede it. */
  public static String of(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
  }

  /**
   * The same for a file that must be valid UTF-8: replacing bytes that cannot be decoded could make
   * two names equal.
   *
   * @param file what to call it in an error
   * @throws Failure of kind BAD_DATA, with the line, if a byte is not UTF-8
   */
  public static String strict(byte[] content, Object file) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      String before = new String(content, 0, bytes.position(), StandardCharsets.UTF_8);
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s, line %d: a byte is not UTF-8; save the file as UTF-8"
              .formatted(file, (before + "?").lines().count()),
          e);
    }
    return of(content);
  }

  /**
   * Whether some programs take a character for the end of a line or a cell, or drop it: control
   * characters, the separators of Unicode, byte order marks and halves of a surrogate pair.
   */
  public static boolean isControl(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isISOControl(codePoint)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || codePoint == BYTE_ORDER_MARK;
  }

  public static boolean hasControls(String text) {
    return text.codePoints().anyMatch(PlainText::isControl);
  }

  /** Whether some programs strip a character from the ends of a line: any Unicode space. */
  public static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** The text without leading and trailing Unicode spaces. */
  public static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
