package dev.alexnet.ops.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many images of each class were predicted as each class, itself included. */
final class ConfusionCounts {
  private final Map<Integer, Map<Integer, Long>> guessesOfTruth = new HashMap<>();

  void add(int truth, int guess) {
    guessesOfTruth.computeIfAbsent(truth, none -> new HashMap<>()).merge(guess, 1L, Long::sum);
  }

  long of(int truth, int guess) {
    return guessesOfTruth.getOrDefault(truth, Map.of()).getOrDefault(guess, 0L);
  }

  /** All confusions, the most frequent first, then in the order of the labels. */
  List<Confusion> mistakes() {
    List<Confusion> mistakes = new ArrayList<>();
    guessesOfTruth.forEach(
        (truth, guesses) ->
            guesses.forEach(
                (guess, images) -> {
                  if (!truth.equals(guess)) {
                    mistakes.add(new Confusion(truth, guess, images));
                  }
                }));
    mistakes.sort(
        Comparator.comparingLong(Confusion::images)
            .reversed()
            .thenComparingInt(Confusion::truth)
            .thenComparingInt(Confusion::guess));
    return mistakes;
  }

  /**
   * The classes of the most frequent confusions, in the order of their labels.
   *
   * @param most how many at most
   */
  List<Integer> mostConfused(int most) {
    Set<Integer> classes = new LinkedHashSet<>();
    for (Confusion mistake : mistakes()) {
      Set<Integer> both = new LinkedHashSet<>(classes);
      both.add(mistake.truth());
      both.add(mistake.guess());
      if (both.size() <= most) {
        classes = both;
      }
    }
    return classes.stream().sorted().toList();
  }
}
