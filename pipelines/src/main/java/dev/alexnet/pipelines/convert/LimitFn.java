package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollectionView;

/** Keeps the pictures of each group up to a given hash in the shuffled order. */
final class LimitFn extends DoFn<PictureReference, PictureReference> {
  private static final long serialVersionUID = 1L;
  private final PictureOrder order;
  private final SerializableFunction<PictureReference, String> group;
  private final PCollectionView<Map<String, Long>> last;

  LimitFn(
      PictureOrder order,
      SerializableFunction<PictureReference, String> group,
      PCollectionView<Map<String, Long>> last) {
    this.order = order;
    this.group = group;
    this.last = last;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    PictureReference picture = context.element();
    if (order.hash(picture.id()) <= context.sideInput(last).get(group.apply(picture))) {
      context.output(picture);
    }
  }
}
