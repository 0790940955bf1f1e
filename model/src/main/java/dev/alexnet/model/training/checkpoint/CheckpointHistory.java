package dev.alexnet.model.training.checkpoint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the commits of a training's checkpoints say, without their tensors. Later checkpoints than a
 * step are ignored: a training that resumed from that step found them damaged, and will write them
 * again.
 */
public final class CheckpointHistory {
  private static final int KEPT = 3;

  private final List<Entry> newestFirst;

  CheckpointHistory(List<Entry> entries) {
    this.newestFirst =
        entries.stream().sorted(Comparator.comparing(Entry::name).reversed()).toList();
  }

  /**
   * A checkpoint.
   *
   * @param name of its directory
   * @param state empty if its commit cannot be read: it cannot be resumed from either
   */
  record Entry(String name, Optional<CheckpointState> state) {}

  /** A checkpoint with its error on a validation set, which is identified by its hash. */
  private record Validated(String name, String set, double error) {}

  private Stream<Entry> upTo(long step) {
    return newestFirst.stream().filter(entry -> !CheckpointName.isLater(entry.name(), step));
  }

  private Stream<Validated> validated(long step) {
    return upTo(step)
        .flatMap(
            entry ->
                entry.state().stream()
                    .filter(state -> state.validationTop1Error() != null)
                    .map(
                        state ->
                            new Validated(
                                entry.name(), state.validationSet(), state.validationTop1Error())));
  }

  /**
   * The lowest error, 0 to 1, of the checkpoints up to a step; infinite if none has one.
   *
   * @param validationSet whose errors they are, by its hash
   */
  public double lowestError(long step, String validationSet) {
    return validated(step)
        .filter(each -> each.set().equals(validationSet))
        .mapToDouble(Validated::error)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The hashes of the validation sets on which checkpoints up to a step have errors. */
  public Set<String> validationSets(long step) {
    return validated(step).map(Validated::set).collect(Collectors.toSet());
  }

  /**
   * The names of the checkpoints up to a step that are no longer needed: all but the newest three
   * and, of each validation set, the one with the lowest error.
   */
  List<String> obsolete(long step) {
    Set<String> best = best(step);
    return upTo(step).skip(KEPT).map(Entry::name).filter(name -> !best.contains(name)).toList();
  }

  /**
   * The best checkpoint of each validation set, because errors on different sets are not
   * comparable; the newest of equal ones.
   */
  private Set<String> best(long step) {
    Map<String, Validated> best = new HashMap<>();
    validated(step)
        .forEach(
            each ->
                best.merge(
                    each.set(),
                    each,
                    (newer, older) -> older.error() < newer.error() ? older : newer));
    return best.values().stream().map(Validated::name).collect(Collectors.toSet());
  }
}
