package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * A pipeline whose elements are shards: each worker processes one shard at a time, and the last
 * step commits all results at once.
 */
public final class ShardPipeline {
  private static final String IMAGES = "images";

  private final Pipeline pipeline;

  /** The last step, which an engine may repeat. */
  public interface Commit<R extends ShardResult> extends Serializable {
    /**
     * @param results one result per shard, in the order of the shards
     */
    void commit(ObjectStore store, List<R> results);
  }

  /**
   * @param options the runner's options
   * @param shards the number of shards
   * @param step the name of the step, shown by engines
   * @param work maps a shard's index to its result
   * @param result the result's type
   * @param fence of the run, for the last step
   */
  public <R extends ShardResult> ShardPipeline(
      PipelineOptions options,
      int shards,
      String step,
      DoFn<Integer, R> work,
      Class<R> result,
      Commit<R> commit,
      WorkerFence fence) {
    this.pipeline = Pipeline.create(PipelineRun.prepared(options));
    pipeline
        .apply("Shards", Create.of(IntStream.range(0, shards).boxed().toList()))
        .setCoder(VarIntCoder.of())
        // A random key would change if an engine repeated the step, so a shard could be lost or
        // processed twice. Its index does not change.
        .apply(
            "Key",
            WithKeys.<Integer, Integer>of(shard -> shard).withKeyType(TypeDescriptors.integers()))
        .apply("Spread", Reshuffle.of())
        .apply("Unkey", Values.create())
        .apply(step, ParDo.of(work))
        .setCoder(SerializableCoder.of(result))
        .apply("Gather", WithKeys.<Integer, R>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Group", GroupByKey.create())
        .apply("Commit", ParDo.of(new CommitFn<>(shards, commit, fence)));
  }

  /** Counts images that workers have finished, for {@link #run}. */
  public static Counter images() {
    return Metrics.counter(ShardPipeline.class, IMAGES);
  }

  /** The pipeline that is run. */
  Pipeline pipeline() {
    return pipeline;
  }

  /**
   * Runs and waits.
   *
   * @param images the number of images
   * @param progress is told of finished images
   * @return the counters at the end
   */
  public Counters run(long images, Progress progress) {
    return PipelineRun.await(
        pipeline,
        counters -> progress.report(counters.of(ShardPipeline.class, IMAGES), images, IMAGES, ""));
  }

  static final class CommitFn<R extends ShardResult> extends DoFn<KV<Integer, Iterable<R>>, Void> {
    private static final long serialVersionUID = 1L;

    private final int shards;
    private final Commit<R> commit;
    private final WorkerFence fence;
    private transient ObjectStore store;

    CommitFn(int shards, Commit<R> commit, WorkerFence fence) {
      this.shards = shards;
      this.commit = commit;
      this.fence = fence;
    }

    @Setup
    public void setUp() {
      store = fence.guard(ObjectStores.standard());
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<R>> all) {
      commit.commit(store, ShardResult.inOrder(all.getValue(), shards));
    }
  }
}
