package dev.alexnet.ops.planning;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * What is wrong with a text that is not YAML, for somebody who does not know the words of YAML's
 * grammar.
 *
 * @param line of the cause, the first being 1
 */
record YamlProblem(int line, String words) {

  static YamlProblem of(MarkedYAMLException e) {
    String found = e.getProblem();
    if (found.contains("<block mapping start>")) {
      return at(
          e.getProblemMark(),
          "it is indented less than the key before it, and more than the section; keys of one section begin in the same column");
    }
    if (found.contains("mapping values are not allowed")) {
      return at(
          e.getProblemMark(),
          "a key cannot stand here; keys of one section begin in the same column, and a value with a colon and a blank needs quotes");
    }
    if (found.contains("(TAB)")) {
      return at(e.getProblemMark(), "it is indented with a tab; use blanks");
    }
    if (found.contains("could not find expected ':'")) {
      return at(e.getContextMark(), "a colon is missing after the key");
    }
    if (e.getContext() == null) {
      return at(e.getProblemMark(), found);
    }
    Mark begin = e.getContextMark() == null ? e.getProblemMark() : e.getContextMark();
    return at(begin, e.getContext() + ", " + found);
  }

  private static YamlProblem at(Mark mark, String words) {
    return new YamlProblem(mark.getLine() + 1, words);
  }
}
