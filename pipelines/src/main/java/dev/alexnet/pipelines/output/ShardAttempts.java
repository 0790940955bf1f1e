package dev.alexnet.pipelines.output;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.pipelines.engine.WorkCounters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;

/**
 * What is known of attempts at shards in the present run, in a directory of the ledger. An engine
 * discards the counters of an attempt that failed, and keeps one result of attempts that ran at
 * once, so they leave files.
 */
final class ShardAttempts {
  private static final String DIFFERENCE = ".differs";

  private final ObjectStore store;
  private final Location directory;
  private final Counter retries = WorkCounters.retries();

  ShardAttempts(ObjectStore store, Location directory) {
    this.store = store;
    this.directory = directory;
  }

  /** Forgets the attempts of earlier runs. */
  void forget() {
    store.deleteDirectory(directory);
  }

  /** Records that a worker begins a shard, and counts it if that is not the first time. */
  void begin(String shard) {
    Location file = directory.resolve(shard);
    if (store.exists(file)) {
      retries.inc();
    } else {
      store.write(file, new byte[0]);
    }
  }

  /**
   * Records that two attempts at a shard have different results, for {@link #requireAgreement}: an
   * engine may repeat this attempt, and would then find the result of the other.
   *
   * @return the failure of this attempt
   */
  Failure differ(String shard, String difference) {
    store.write(directory.resolve(shard + DIFFERENCE), difference.getBytes(StandardCharsets.UTF_8));
    return failure(List.of(shard), difference);
  }

  /**
   * @throws Failure of kind MISMATCH if two attempts at a shard had different results
   */
  void requireAgreement() {
    List<String> differing =
        store.list(directory).stream().filter(name -> name.endsWith(DIFFERENCE)).toList();
    if (!differing.isEmpty()) {
      Location first = directory.resolve(differing.get(0));
      throw failure(
          differing.stream().map(name -> name.replace(DIFFERENCE, "")).toList(),
          new String(store.readAll(first), StandardCharsets.UTF_8));
    }
  }

  private Failure failure(List<String> shards, String difference) {
    return new Failure(
        Failure.Kind.MISMATCH,
        "Two attempts at the same shard wrote different bytes into %s: %s (%s). Workers of different processors can compute different last bits: use machines of one type, and run the same command again, which makes such shards again"
            .formatted(directory.parent().parent(), NameList.of(shards), difference));
  }
}
