package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Gives each picture its shard. */
final class AssignFn extends DoFn<PictureReference, KV<Integer, PictureReference>> {
  private static final long serialVersionUID = 1L;
  private final ConvertPlan plan;
  private final PCollectionView<Long> count;

  AssignFn(ConvertPlan plan, PCollectionView<Long> count) {
    this.plan = plan;
    this.count = count;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    int shards = plan.shards(context.sideInput(count));
    PictureReference picture = context.element();
    context.output(KV.of(plan.order().shard(picture.id(), shards), picture));
  }
}
