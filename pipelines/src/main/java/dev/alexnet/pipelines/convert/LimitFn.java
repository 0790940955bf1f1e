package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/** Keeps the first pictures of the shuffled order. */
final class LimitFn extends DoFn<PictureReference, PictureReference> {
  private static final long serialVersionUID = 1L;
  private final PictureOrder order;
  private final PCollectionView<Long> last;

  LimitFn(PictureOrder order, PCollectionView<Long> last) {
    this.order = order;
    this.last = last;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    if (order.hash(context.element().id()) <= context.sideInput(last)) {
      context.output(context.element());
    }
  }
}
