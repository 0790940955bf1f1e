package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the checkpoint of a training that somebody asks for in words. */
public final class CheckpointChoice {
  public static final String BEST = "best";
  public static final String LAST = "last";

  private final ObjectStore store;
  private final Location directory;

  /**
   * @param directory of the checkpoints of one training
   */
  public CheckpointChoice(ObjectStore store, Location directory) {
    this.store = store;
    this.directory = directory;
  }

  /** A committed checkpoint. */
  private record Committed(Location place, CheckpointState state) {
    Optional<Double> error() {
      return Optional.ofNullable(state.validationTop1Error());
    }
  }

  /** Whether a text is {@link #BEST}, {@link #LAST} or the number of a step. */
  public static boolean isOne(String text) {
    return text.equals(BEST) || text.equals(LAST) || text.matches("\\d{1,18}");
  }

  /**
   * @param choice {@link #LAST}; {@link #BEST}, the one with the lowest error on the validation set
   *     of the newest that has an error, the newest of equal ones; or the number of a step
   * @return the checkpoint's directory
   * @throws Failure of kind INPUT_MISSING that names those that there are
   */
  public Location find(String choice) {
    List<Committed> newestFirst = committed();
    Optional<Committed> found =
        switch (choice) {
          case LAST -> newestFirst.stream().findFirst();
          case BEST -> best(newestFirst);
          default -> ofStep(newestFirst, Long.parseLong(choice));
        };
    return found.map(Committed::place).orElseThrow(() -> missing(choice, newestFirst));
  }

  private List<Committed> committed() {
    List<Committed> committed = new ArrayList<>();
    for (Location place : CheckpointInspection.under(store, directory)) {
      new CheckpointVerifier(store, place)
          .commit(place)
          .ifPresent(commit -> committed.add(new Committed(place, commit.state())));
    }
    committed.sort(Comparator.comparingLong((Committed each) -> each.state().step()).reversed());
    return committed;
  }

  private static Optional<Committed> ofStep(List<Committed> committed, long step) {
    return committed.stream().filter(each -> each.state().step() == step).findFirst();
  }

  private static Optional<Committed> best(List<Committed> newestFirst) {
    List<Committed> validated =
        newestFirst.stream().filter(each -> each.error().isPresent()).toList();
    return validated.stream()
        .filter(
            each -> each.state().validationSet().equals(validated.get(0).state().validationSet()))
        .min(Comparator.comparingDouble(each -> each.error().orElseThrow()));
  }

  private Failure missing(String choice, List<Committed> newestFirst) {
    String there =
        newestFirst.isEmpty()
            ? "it has none"
            : newestFirst.stream()
                .map(CheckpointChoice::described)
                .collect(Collectors.joining(", "));
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "%s has no checkpoint '%s'; there are: %s".formatted(directory, choice, there));
  }

  private static String described(Committed checkpoint) {
    return checkpoint.state().step()
        + checkpoint
            .error()
            .map(error -> String.format(Locale.ROOT, " (top-1 error %.1f %%)", 100 * error))
            .orElse("");
  }
}
