package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.session.TensorFlowLibrary;
import dev.alexnet.pipelines.engine.WorkCounters;
import dev.alexnet.pipelines.source.PictureReference;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Writes one shard. */
final class WriteFn extends DoFn<KV<Integer, Iterable<PictureReference>>, WrittenShard> {
  private static final long serialVersionUID = 1L;
  private final Counter done = WorkCounters.images();
  private final Counter rejected = WorkCounters.rejected();
  private final Counter skippedShards =
      Metrics.counter(ConvertGraph.class, ConvertGraph.SKIPPED_SHARDS);
  private final ConvertPlan plan;
  private final WorkerFence fence;
  private final PCollectionView<Long> count;
  private transient ObjectStore store;
  private transient ShardWriter writer;
  private transient boolean checkedForForeignFiles;

  WriteFn(ConvertPlan plan, WorkerFence fence, PCollectionView<Long> count) {
    this.plan = plan;
    this.fence = fence;
    this.count = count;
  }

  @Setup
  public void setUp() {
    store = fence.guard(ObjectStores.standard());
    TensorFlowLibrary.load();
    writer = new ShardWriter(plan, store);
  }

  @ProcessElement
  public void process(ProcessContext context) {
    int shards = plan.shards(context.sideInput(count));
    if (!checkedForForeignFiles) {
      // The number of shards is first known here, before any picture is read.
      new ConvertedShards(store, plan.settings().output())
          .refuseForeignFiles(plan.settings().split().title(), shards);
      checkedForForeignFiles = true;
    }
    int index = context.element().getKey();
    ShardWriter.Listener listener =
        new ShardWriter.Listener() {
          @Override
          public void done(long pictures) {
            done.inc(pictures);
          }

          @Override
          public void rejected() {
            rejected.inc();
          }

          @Override
          public void skipped() {
            skippedShards.inc();
          }
        };
    String name = Shard.name(plan.settings().split().title(), index, shards);
    Shard shard = writer.write(name, context.element().getValue(), listener);
    context.output(new WrittenShard(index, shard.crc32c()));
  }

  @Teardown
  public void tearDown() {
    if (writer != null) {
      writer.close();
    }
  }
}
