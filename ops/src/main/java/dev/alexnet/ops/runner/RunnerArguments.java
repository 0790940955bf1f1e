package dev.alexnet.ops.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Beam's options as they were typed: {@code --name=value}. */
record RunnerArguments(List<String> words) {
  RunnerArguments {
    words = List.copyOf(words);
  }

  /**
   * The value of an option; of several, the last counts.
   *
   * @param name with its dashes, such as {@code --runner}
   */
  Optional<String> value(String name) {
    String prefix = name + "=";
    return words.stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .reduce((first, last) -> last);
  }

  /**
   * @param defaults options that count unless they are here
   */
  RunnerArguments withDefaults(List<String> defaults) {
    List<String> complete = new ArrayList<>(words);
    for (String option : defaults) {
      String name = option.substring(0, option.indexOf('='));
      if (value(name).isEmpty()) {
        complete.add(option);
      }
    }
    return new RunnerArguments(complete);
  }
}
