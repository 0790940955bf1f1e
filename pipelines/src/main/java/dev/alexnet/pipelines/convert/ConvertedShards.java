package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.ReadAhead;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.PixelSums;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.DatasetOutput;
import dev.alexnet.pipelines.output.ShardLedger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is kept, besides the plan, until a dataset is complete: a summary and the pixel sums of each
 * finished shard, in {@code .convert/} of the output. A later run resumes from it.
 */
final class ConvertedShards {
  private static final String DIRECTORY = ".convert";

  private static final ReadAhead.Limit AHEAD = new ReadAhead.Limit(16, 32 << 20);

  private final ObjectStore store;
  private final Location output;
  private final ShardLedger ledger;

  /** The output directory, with the plan that it is made from. */
  static DatasetOutput outputOf(ObjectStore store, ConvertPlan plan) {
    return new DatasetOutput(store, plan.settings().output(), DIRECTORY, plan.identity());
  }

  ConvertedShards(ObjectStore store, Location output) {
    this.store = store;
    this.output = output;
    this.ledger = new ShardLedger(store, output, DIRECTORY);
  }

  /**
   * Refuses files that are named like shards but do not belong to this dataset: they are of other
   * pictures, or were put there by hand.
   *
   * @throws Failure of kind OUTPUT_EXISTS
   */
  void refuseForeignFiles(String split, int shards) {
    Set<String> names =
        IntStream.range(0, shards)
            .mapToObj(index -> Shard.name(split, index, shards))
            .collect(Collectors.toSet());
    List<String> strange =
        store.list(output).stream()
            .filter(name -> Shard.isNamedSo(name) && !names.contains(name))
            .toList();
    if (!strange.isEmpty()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s holds files that are not shards of this dataset of %s: %s. Remove them and run the command again"
              .formatted(output, Quantity.of(shards, "shard"), NameList.of(strange)));
    }
  }

  private Location sumsOf(String shard) {
    return ledger.file(shard + ".sums");
  }

  /**
   * Begins an attempt at a shard.
   *
   * @param plan the hash of everything that the shard must have been made from
   * @return what is kept of the shard if it was finished before and its file is intact
   */
  Optional<ShardSummary> attempt(String shard, String plan) {
    return ledger
        .attempt(shard, ShardSummary.class, plan)
        .filter(there -> store.exists(sumsOf(shard)));
  }

  /**
   * @throws Failure of kind MISMATCH if a shard was made twice with different bytes
   */
  void requireAgreement() {
    ledger.requireAgreement();
  }

  /**
   * Records a shard whose file is in place. Writes the summary last, because it stands for the
   * other two files.
   */
  void finish(ShardSummary summary, PixelSums sums) {
    String shard = summary.shard().name();
    store.write(sumsOf(shard), sums.toBytes());
    ledger.record(shard, summary);
  }

  /** What is kept of a finished shard. */
  record Finished(ShardSummary summary, PixelSums sums) {}

  /**
   * What is kept of finished shards, in their order.
   *
   * @param size of the images, on which the memory for their pixel sums depends
   */
  ReadAhead<String, Finished> finished(List<String> shards, int size) {
    long sumsBytes = 3L * Long.BYTES * size * size;
    return new ReadAhead<>(
        shards.iterator(),
        shard -> sumsBytes,
        shard ->
            new Finished(
                ledger.entry(shard, ShardSummary.class),
                PixelSums.fromBytes(store.readAll(sumsOf(shard)))),
        AHEAD);
  }
}
