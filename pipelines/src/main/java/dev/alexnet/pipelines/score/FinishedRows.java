package dev.alexnet.pipelines.score;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.ShardLedger;
import dev.alexnet.pipelines.output.WrittenFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger's entry of a shard that was scored.
 *
 * @param plan the hash of all that the rows are made from
 * @param files the rows, if they stay as they are, and probabilities
 * @param kept the rows, if they will be joined with others; and what the search for weights needs
 * @param replacedOperations why some operations were replaced by other forms
 */
record FinishedRows(
    String plan, List<Shard> files, List<Shard> kept, List<String> replacedOperations)
    implements ShardLedger.Entry {

  FinishedRows {
    files = List.copyOf(files);
    kept = List.copyOf(kept);
    replacedOperations = List.copyOf(replacedOperations);
  }

  /**
   * Describes files that were written.
   *
   * @param candidates null if no weights are searched for
   * @param probabilities null if they are not kept
   * @param tally of the rows
   */
  static FinishedRows of(
      ObjectStore store,
      String plan,
      RowFiles files,
      Location rows,
      Location candidates,
      Location probabilities,
      Tally tally) {
    List<Shard> lasting = new ArrayList<>();
    List<Shard> kept = new ArrayList<>();
    (files.joined() ? kept : lasting).add(WrittenFiles.described(store, rows, tally.images()));
    if (candidates != null) {
      kept.add(WrittenFiles.described(store, candidates, tally.scored()));
    }
    if (probabilities != null) {
      lasting.add(WrittenFiles.described(store, probabilities, tally.images()));
    }
    return new FinishedRows(plan, lasting, kept, tally.replacedOperations());
  }
}
