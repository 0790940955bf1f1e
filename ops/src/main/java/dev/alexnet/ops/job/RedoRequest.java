package dev.alexnet.ops.job;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * What {@code --redo} asks for. It is recorded in the work directory from the moment at which there
 * is room for the new results until they are done, so that the same command, given again after a
 * stop, continues instead of beginning once more.
 */
final class RedoRequest {
  private static final String FILE = ".redo";

  private final ObjectStore store;
  private final Location file;
  private final ChosenSteps chosen;

  RedoRequest(ObjectStore store, Location workdir, ChosenSteps chosen) {
    this.store = store;
    this.file = workdir.resolve(FILE);
    this.chosen = chosen;
  }

  /**
   * Whether an earlier run was stopped while it made the same steps anew with the same settings.
   */
  boolean isUnderWay(Ledger ledger) {
    return chosen.redone().stream()
            .anyMatch(step -> ledger.entry(step.name()).stream().noneMatch(LedgerEntry::isDone))
        && store.exists(file)
        && new String(store.readAll(file), StandardCharsets.UTF_8).equals(text());
  }

  void record() {
    store.write(file, text().getBytes(StandardCharsets.UTF_8));
  }

  void forget() {
    store.delete(file);
  }

  private String text() {
    return chosen.redone().stream()
        .map(step -> step.name() + "\t" + StepSettings.hash(StepSettings.of(step)) + "\n")
        .collect(Collectors.joining());
  }
}
