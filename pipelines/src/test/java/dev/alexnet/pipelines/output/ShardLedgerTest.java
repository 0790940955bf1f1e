package dev.alexnet.pipelines.output;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Shard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two attempts at one shard, in the orders in which an engine may run them. */
class ShardLedgerTest {
  private static final String NAME = "00000";
  private static final String FILE = "rows.jsonl";
  private static final String PLAN = "abc";

  @TempDir private Path directory;
  private ShardLedger ledger;

  private record Entry(String plan, Shard file) implements ShardLedger.Entry {
    @Override
    public List<Shard> files() {
      return List.of(file);
    }
  }

  @BeforeEach
  void begin() {
    ledger = new ShardLedger(ObjectStores.standard(), Location.of(directory), ".work");
    ledger.begin();
  }

  /** Writes the file of the shard, as an attempt does before it records it. */
  private Entry write(String content) throws Exception {
    Path file = Files.writeString(directory.resolve(FILE), content);
    ObjectStore store = ObjectStores.standard();
    return new Entry(PLAN, new Shard(FILE, 1, content.length(), store.crc32c(Location.of(file))));
  }

  @Test
  void attempt_afterAnotherHasFinished_findsItsShard() throws Exception {
    assertThat(ledger.attempt(NAME, Entry.class, PLAN)).isEmpty();
    Entry first = write("bytes");
    ledger.record(NAME, first);

    assertThat(ledger.attempt(NAME, Entry.class, PLAN)).contains(first);
  }

  @Test
  void record_twoAttemptsAtOnceWithTheSameBytes_agree() throws Exception {
    ledger.attempt(NAME, Entry.class, PLAN);
    ledger.attempt(NAME, Entry.class, PLAN);
    ledger.record(NAME, write("bytes"));

    ledger.record(NAME, write("bytes"));

    assertThatCode(ledger::requireAgreement).doesNotThrowAnyException();
  }

  @Test
  void record_twoAttemptsAtOnceWithOtherBytes_failsAndSoDoesTheLastStepAfterARetry()
      throws Exception {
    ledger.attempt(NAME, Entry.class, PLAN);
    ledger.attempt(NAME, Entry.class, PLAN);
    Entry first = write("bytes");
    ledger.record(NAME, first);
    Entry second = write("other");

    String message =
        "Two attempts at the same shard wrote different bytes into %s: 00000 (rows.jsonl with CRC-32C %08x and rows.jsonl with CRC-32C %08x). Workers of different processors can compute different last bits: use machines of one type, and run the same command again, which makes such shards again"
            .formatted(Location.of(directory), first.file().crc32c(), second.file().crc32c());
    assertThatFailure(() -> ledger.record(NAME, second))
        .isOfKind(Kind.MISMATCH)
        .hasMessage(message);
    // The engine repeats the attempt, which finds neither.
    assertThat(ledger.attempt(NAME, Entry.class, PLAN)).isEmpty();
    ledger.record(NAME, write("other"));
    assertThatFailure(ledger::requireAgreement).isOfKind(Kind.MISMATCH).hasMessage(message);
  }

  @Test
  void begin_afterARunWithDifferentAttempts_forgetsThem() throws Exception {
    ledger.attempt(NAME, Entry.class, PLAN);
    ledger.record(NAME, write("bytes"));
    Entry second = write("other");
    assertThatFailure(() -> ledger.record(NAME, second)).isOfKind(Kind.MISMATCH);

    ledger.begin();

    assertThatCode(ledger::requireAgreement).doesNotThrowAnyException();
    assertThat(ledger.attempt(NAME, Entry.class, PLAN)).isEmpty();
    assertThatCode(() -> ledger.record(NAME, second)).doesNotThrowAnyException();
  }

  @Test
  void attempt_afterARunOfAnotherPlan_isNotComparedWithIt() throws Exception {
    ledger.record(NAME, write("bytes"));
    ledger.begin();
    assertThat(ledger.attempt(NAME, Entry.class, "another")).isEmpty();

    Shard other = write("other").file();

    assertThatCode(() -> ledger.record(NAME, new Entry("another", other)))
        .doesNotThrowAnyException();
  }
}
