package dev.alexnet.pipelines.engine;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.ObjectStore;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;

/**
 * What a pipeline does with each shard, and at the end.
 *
 * @param step the name of the step, shown by engines; in lower case it is part of the job's name
 * @param shards the number of shards
 * @param function maps a shard's index to its result
 * @param result the result's type
 * @param hints what the workers of the function need
 * @param commit the last step
 */
public record ShardWork<R extends ShardResult>(
    String step,
    int shards,
    DoFn<Integer, R> function,
    Class<R> result,
    ResourceHints hints,
    Commit<R> commit) {
  public ShardWork {
    requireNonNull(step, "step is null");
    requireNonNull(function, "function is null");
    requireNonNull(result, "result is null");
    requireNonNull(hints, "hints is null");
    requireNonNull(commit, "commit is null");
  }

  /** The last step, which an engine may repeat. */
  public interface Commit<R extends ShardResult> extends Serializable {
    /**
     * @param results one result per shard, in the order of the shards
     */
    void commit(ObjectStore store, List<R> results);
  }
}
