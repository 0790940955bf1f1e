package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
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
  private final PipelineRun run;
  private final Pipeline pipeline;

  /**
   * @param output what the pipeline makes
   * @param fence of the run, for the last step
   */
  public <R extends ShardResult> ShardPipeline(
      PipelineRun run, Location output, WorkerFence fence, ShardWork<R> work) {
    this.run = run;
    this.pipeline = run.pipeline(work.step().toLowerCase(Locale.ROOT), output);
    pipeline
        .apply("Shards", Create.of(IntStream.range(0, work.shards()).boxed().toList()))
        .setCoder(VarIntCoder.of())
        // A random key would change if an engine repeated the step, so a shard could be lost or
        // processed twice. Its index does not change.
        .apply(
            "Key",
            WithKeys.<Integer, Integer>of(shard -> shard).withKeyType(TypeDescriptors.integers()))
        .apply("Spread", Reshuffle.of())
        .apply("Unkey", Values.create())
        .apply(work.step(), ParDo.of(work.function()).setResourceHints(work.hints()))
        .setCoder(SerializableCoder.of(work.result()))
        .apply("Gather", WithKeys.<Integer, R>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Group", GroupByKey.create())
        .apply("Commit", ParDo.of(new CommitFn<>(work.shards(), work.commit(), fence)));
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
    return run.await(
        pipeline,
        counters ->
            progress.report(
                counters.of(WorkCounters.class, WorkCounters.IMAGES),
                images,
                WorkCounters.IMAGES,
                run.metrics().details()));
  }

  /** Hands it to the engine and does not wait. */
  public void launch() {
    run.launch(pipeline);
  }

  static final class CommitFn<R extends ShardResult> extends DoFn<KV<Integer, Iterable<R>>, Void> {
    private static final long serialVersionUID = 1L;

    private final int shards;
    private final ShardWork.Commit<R> commit;
    private final WorkerFence fence;
    private transient ObjectStore store;

    CommitFn(int shards, ShardWork.Commit<R> commit, WorkerFence fence) {
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
