package dev.alexnet.ops.job;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.former.FormerResults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Making steps anew. A finished result is kept until there is a new one, and put back if nothing
 * comes of it: a step's own command may refuse its settings only when it runs, and somebody may
 * think better of it. The same request after a stop continues.
 */
final class Redo {
  private final ObjectStore store;
  private final Console console;
  private final Location workdir;
  private final ChosenSteps chosen;
  private final Location file;
  private final FormerResults former;
  private Optional<RedoRecord> pending;

  Redo(ObjectStore store, Console console, Location workdir, ChosenSteps chosen) {
    this.store = store;
    this.console = console;
    this.workdir = workdir;
    this.chosen = chosen;
    this.file = workdir.resolve(RedoRecord.FILE);
    this.former = FormerResults.in(workdir, store);
  }

  /**
   * Whether an earlier run was stopped while it made the same steps anew with the same settings.
   */
  boolean isUnderWay(Ledger ledger) {
    return chosen.redone().stream().anyMatch(step -> !ledger.isDone(step.name()))
        && pending()
            .filter(record -> record.roomMade() && record.settings().equals(settings()))
            .isPresent();
  }

  /**
   * Undoes what an earlier run has begun, unless this run continues it: if that run made nothing,
   * or if something else is asked for now.
   *
   * @param written gets the ledger of what is there then, if anything changes
   */
  void settle(Ledger ledger, Consumer<Ledger> written) {
    boolean continues = isUnderWay(ledger) || (chosen.redone().isEmpty() && isBegunAnew());
    if (pending().isPresent() && !continues) {
      rollBack(ledger, written);
    }
  }

  /**
   * Makes room for the results of the steps that are made anew, last steps first.
   *
   * @return the ledger without them
   */
  Ledger begin(Ledger ledger) {
    List<JobStep> removed = new ArrayList<>(chosen.redone());
    removed.removeIf(step -> store.objectsBelow(step.directory()).isEmpty());
    Collections.reverse(removed);
    // Somebody may have started a command by hand.
    removed.forEach(
        step -> DirectoryLock.holding(store, step.directory(), console::note, held -> null));
    Map<String, String> directories = new TreeMap<>();
    removed.forEach(step -> former.requireNone(step.directory()));
    removed.forEach(step -> directories.put(step.name(), relative(step.directory())));
    RedoRecord record = RedoRecord.of(settings(), directories, ledger);
    write(record);
    removed.forEach(this::remove);
    Ledger remaining = ledger;
    for (JobStep step : chosen.redone()) {
      remaining = remaining.without(step.name());
    }
    write(record.withRoomMade(true));
    return remaining;
  }

  /**
   * Puts back what this run has set aside, if it made nothing anew.
   *
   * @param written gets the ledger of what is there then, if anything changes
   */
  void undo(Ledger ledger, Consumer<Ledger> written) {
    if (pending().isPresent() && !isBegunAnew()) {
      rollBack(ledger, written);
    }
  }

  /** Is called when a step has been done, before that is recorded. */
  void deleteFormer(JobStep step) {
    if (pending().isPresent()) {
      former.delete(step.directory());
    }
  }

  void finish() {
    store.delete(file);
    pending = Optional.empty();
  }

  private void remove(JobStep step) {
    Location directory = step.directory();
    console.note(
        "Keeping %s in %s until %s is made anew"
            .formatted(directory, former.placeOf(directory), step.name()));
    former.setAside(directory);
  }

  private boolean isBegunAnew() {
    return pending().stream()
        .filter(RedoRecord::roomMade)
        .flatMap(record -> record.directories().values().stream())
        .anyMatch(directory -> !store.objectsBelow(workdir.resolve(directory)).isEmpty());
  }

  /** The ledger first: while a former result exists, this can be repeated. */
  private void rollBack(Ledger ledger, Consumer<Ledger> written) {
    RedoRecord record = pending().orElseThrow().withRoomMade(false);
    // What is put back must not be taken for what was made anew if this is stopped.
    write(record);
    Map<String, String> restored = new TreeMap<>(record.directories());
    restored.values().removeIf(relative -> !former.exists(workdir.resolve(relative)));
    for (String relative : record.directories().values()) {
      if (!restored.containsValue(relative)) {
        former.delete(workdir.resolve(relative));
      }
    }
    if (!restored.isEmpty()) {
      Ledger result = record.before();
      for (LedgerEntry entry : ledger.steps()) {
        if (!restored.containsKey(entry.name())) {
          result = result.with(entry);
        }
      }
      written.accept(result);
      restored.values().forEach(relative -> former.putBack(workdir.resolve(relative)));
      console.note("Put back what was made before --redo: " + String.join(", ", restored.values()));
    }
    finish();
  }

  private String relative(Location directory) {
    return workdir.isCloud()
        ? directory.value().substring(workdir.value().length() + 1)
        : workdir.localPath().relativize(directory.localPath()).toString();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    for (JobStep step : chosen.redone()) {
      settings.put(step.name(), StepSettings.hash(StepSettings.of(step)));
    }
    return settings;
  }

  private Optional<RedoRecord> pending() {
    if (pending == null) {
      pending =
          store.exists(file)
              ? Optional.of(RedoRecord.read(store.readAll(file), file))
              : Optional.empty();
    }
    return pending;
  }

  private void write(RedoRecord record) {
    store.write(file, Json.document(record));
    pending = Optional.of(record);
  }
}
