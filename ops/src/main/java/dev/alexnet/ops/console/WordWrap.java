package dev.alexnet.ops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Breaks text at blanks. */
public final class WordWrap {
  private WordWrap() {}

  /** A word that is longer than the width gets a line of its own. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Keeps lines that fit, and those that begin with a blank, such as commands to be copied. */
  static String paragraphs(String text, int width) {
    return text.lines()
            .map(
                line ->
                    line.length() <= width || line.startsWith(" ")
                        ? line
                        : String.join("\n", lines(line, width)))
            .collect(Collectors.joining("\n"))
        + (text.endsWith("\n") ? "\n" : "");
  }

  static int longestWord(String text) {
    int longest = 0;
    for (String word : text.split(" ", -1)) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }
}
