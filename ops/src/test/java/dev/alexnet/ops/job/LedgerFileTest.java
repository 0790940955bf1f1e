package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs, one of which has lost the work directory without knowing it. */
class LedgerFileTest {
  @TempDir private Path directory;

  private final ObjectStore store = ObjectStores.standard();
  private Location workdir;
  private LedgerFile overtaken;
  private LedgerFile present;

  @BeforeEach
  void open() {
    workdir = Location.of(directory);
    overtaken = new LedgerFile(store, workdir);
    present = new LedgerFile(store, workdir);
  }

  @Test
  void write_byOneRun_replacesItsOwnLedger() {
    Ledger first = present.read().with(running("convert"));
    present.write(first);
    Ledger second = first.with(running("train"));
    present.write(second);

    assertThat(Ledger.in(store, workdir)).isEqualTo(second);
  }

  @Test
  void write_anotherRunCreatedIt_isRefused() {
    Ledger stale = overtaken.read().with(running("convert"));
    Ledger kept = present.read().with(running("train"));
    present.write(kept);

    assertRefused(stale);

    assertThat(Ledger.in(store, workdir)).isEqualTo(kept);
  }

  @Test
  void write_anotherRunRecordedItsStart_isRefused() {
    overtaken.write(overtaken.read().with(running("convert")));
    Ledger kept = present.read().with(running("convert"));
    present.write(kept);

    assertRefused(kept.with(running("train")));

    assertThat(Ledger.in(store, workdir)).isEqualTo(kept);
  }

  private void assertRefused(Ledger ledger) {
    assertThatFailure(() -> overtaken.write(ledger))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("Cannot write " + workdir + "/ledger.json: another writer");
  }

  private static LedgerEntry running(String step) {
    return new LedgerEntry(
        step,
        LedgerEntry.State.RUNNING,
        "hash",
        Map.of(),
        Map.of(),
        Map.of(),
        "2026-11-27T12:00:00Z",
        null,
        0,
        "",
        Map.of());
  }
}
