package dev.alexnet.infra.text;

import java.nio.charset.StandardCharsets;

/** Text files that people write. */
public final class PlainText {
  /** Windows puts it before UTF-8. */
  public static final char BYTE_ORDER_MARK = '\uFEFF';

  private PlainText() {}

  /** The text of a file in UTF-8, without the mark that may stand before it. */
  public static String of(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
  }
}
