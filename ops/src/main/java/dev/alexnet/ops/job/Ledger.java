package dev.alexnet.ops.job;

import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code ledger.json} in the work directory: which steps have been started and done, in their
 * order.
 */
record Ledger(int schemaVersion, List<LedgerEntry> steps) {
  static final String FILE = "ledger.json";
  private static final int SCHEMA_VERSION = 1;
  private static final StoredFormat FORMAT =
      new StoredFormat(
          "ledger of a job", "schemaVersion", SCHEMA_VERSION, "give the job another --workdir");

  Ledger {
    new Problems("ledger")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schemaVersion is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(steps != null, "steps is missing")
        .throwIfAny();
    steps = List.copyOf(steps);
  }

  /** The ledger of a work directory; an empty one if there is none yet. */
  static Ledger in(ObjectStore store, Location workdir) {
    return new LedgerFile(store, workdir).read();
  }

  static Ledger empty() {
    return new Ledger(SCHEMA_VERSION, List.of());
  }

  /**
   * @param where what to call the file in an error
   */
  static Ledger read(byte[] content, Location where) {
    return FORMAT.read(content, Ledger.class, where);
  }

  Optional<LedgerEntry> entry(String name) {
    return steps.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  boolean isDone(String name) {
    return entry(name).filter(LedgerEntry::isDone).isPresent();
  }

  Ledger without(String name) {
    return new Ledger(
        schemaVersion, steps.stream().filter(entry -> !entry.name().equals(name)).toList());
  }

  /** With the entry replacing the one of the same name, or added at the end. */
  Ledger with(LedgerEntry changed) {
    List<LedgerEntry> entries = new ArrayList<>(steps);
    if (entry(changed.name()).isEmpty()) {
      entries.add(changed);
    } else {
      entries.replaceAll(entry -> entry.name().equals(changed.name()) ? changed : entry);
    }
    return new Ledger(schemaVersion, entries);
  }
}
