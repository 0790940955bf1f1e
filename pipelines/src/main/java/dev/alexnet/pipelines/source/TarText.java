package dev.alexnet.pipelines.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The names that tar archives hold, as text. */
final class TarText {
  private TarText() {}

  /**
   * The text of bytes in UTF-8. Where they are none, those beyond ASCII stand as {@code \xff}, so
   * that two names never become one.
   */
  static String of(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder();
      for (byte value : bytes) {
        text.append(value >= 0 ? String.valueOf((char) value) : "\\x%02x".formatted(value));
      }
      return text.toString();
    }
  }
}
