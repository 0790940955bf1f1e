package dev.alexnet.ops.job;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;

/**
 * The ledger of a work directory, as one run reads and writes it. A write fails if the file is not
 * what this run read or wrote last: another run has taken over, and its entries must not be lost.
 * Because each step is recorded as running before it starts, a run that was overtaken cannot record
 * a result.
 */
final class LedgerFile {
  private final ObjectStore store;
  private final Location file;
  private WriteCondition unchanged = WriteCondition.absent();

  LedgerFile(ObjectStore store, Location workdir) {
    this.store = store;
    this.file = workdir.resolve(Ledger.FILE);
  }

  /** The ledger that is there; an empty one if there is none yet. */
  Ledger read() {
    if (!store.exists(file)) {
      unchanged = WriteCondition.absent();
      return Ledger.empty();
    }
    LoadedObject there = store.load(file);
    unchanged = WriteCondition.unchangedSince(there.generation());
    return Ledger.read(there.content(), file);
  }

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind OUTPUT_EXISTS if another run has written it
   */
  void write(Ledger ledger) {
    unchanged = WriteCondition.unchangedSince(store.write(file, Json.document(ledger), unchanged));
  }
}
