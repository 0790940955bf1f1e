package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Assigns each picture to a shard. */
final class AssignFn extends DoFn<PictureReference, KV<Integer, PictureReference>> {
  private static final long serialVersionUID = 1L;
  private final Counter assigned = Metrics.counter(ConvertGraph.class, ConvertGraph.ASSIGNED);
  private final PictureOrder order;
  private final int shardsAsked;
  private final PCollectionView<Long> count;

  AssignFn(PictureOrder order, int shardsAsked, PCollectionView<Long> count) {
    this.order = order;
    this.shardsAsked = shardsAsked;
    this.count = count;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    int shards = ShardCount.of(context.sideInput(count), shardsAsked);
    PictureReference picture = context.element();
    assigned.inc();
    context.output(KV.of(order.shard(picture.id(), shards), picture));
  }
}
