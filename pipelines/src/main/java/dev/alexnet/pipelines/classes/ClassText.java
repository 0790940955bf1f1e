package dev.alexnet.pipelines.classes;

/** Which characters a class may have, so that every program reads back what a line says. */
final class ClassText {
  private ClassText() {}

  /** Whether there are characters that some program takes for the end of a line or a cell. */
  static boolean hasControls(String text) {
    return text.codePoints()
        .anyMatch(
            point ->
                Character.isISOControl(point)
                    || Character.getType(point) == Character.LINE_SEPARATOR
                    || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(point) == Character.SURROGATE
                    || point == 0xFEFF);
  }

  /** Whether a program may strip it from the ends of a line. */
  static boolean isSpace(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** The text on one line: control characters stand as {@code \}{@code u0009}. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              String character = Character.toString(point);
              shown.append(hasControls(character) ? "\\u%04x".formatted(point) : character);
            });
    return shown.toString();
  }
}
