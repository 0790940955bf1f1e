package dev.alexnet.ops.console;

/**
 * What shows results: a terminal, or a pipe or file, whose lines may have any length.
 *
 * @param columns into which text is fitted, if that is possible without breaking words
 * @param coloured whether escape sequences show as colours
 */
public record Screen(int columns, boolean coloured) {
  /** A pipe or a file: each row of a table is one line. */
  public static final Screen NONE = new Screen(Integer.MAX_VALUE, false);

  public Screen {
    if (columns < 1) {
      throw new IllegalArgumentException("columns is " + columns);
    }
  }

  /** Sentences, broken at blanks where a line is too long. Lines that begin with a blank stay. */
  public String fitted(String text) {
    return columns == Integer.MAX_VALUE ? text : WordWrap.paragraphs(text, columns);
  }

  /** The text in a colour, if this shows colours. */
  String painted(String text, Colour colour) {
    return coloured ? colour.on(text) : text;
  }
}
