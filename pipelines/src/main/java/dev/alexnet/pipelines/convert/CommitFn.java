package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/** Commits the dataset once every shard is written. */
final class CommitFn extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;
  private final ConvertPlan plan;
  private final WorkerFence fence;
  private final PCollectionView<Long> count;
  private final PCollectionView<Iterable<WrittenShard>> written;
  private final PCollectionView<Iterable<Rejection>> rejected;
  private final PCollectionView<Iterable<String>> ignored;
  private transient ObjectStore store;

  CommitFn(
      ConvertPlan plan,
      WorkerFence fence,
      PCollectionView<Long> count,
      PCollectionView<Iterable<WrittenShard>> written,
      PCollectionView<Iterable<Rejection>> rejected,
      PCollectionView<Iterable<String>> ignored) {
    this.plan = plan;
    this.fence = fence;
    this.count = count;
    this.written = written;
    this.rejected = rejected;
    this.ignored = ignored;
  }

  @Setup
  public void setUp() {
    store = fence.guard(ObjectStores.standard());
  }

  @ProcessElement
  public void process(ProcessContext context) {
    long pictures = context.sideInput(count);
    ArrivedShards arrived =
        ArrivedShards.of(context.sideInput(written), pictures, plan.shards(pictures));
    List<Rejection> rejections = new ArrayList<>();
    context.sideInput(rejected).forEach(rejections::add);
    List<String> names = new ArrayList<>();
    context.sideInput(ignored).forEach(names::add);
    new DatasetCommit(plan, store).run(arrived, rejections, names);
    context.output(context.element());
  }
}
