package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.engine.WorkCounters;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.SourcePart;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;

/** Finds the pictures of one part. */
final class IndexFn extends DoFn<SourcePart, PictureReference> {
  private static final long serialVersionUID = 1L;
  private final Counter rejectedByName = WorkCounters.rejected();
  private transient ObjectStore store;

  @Setup
  public void setUp() {
    store = ObjectStores.standard();
  }

  @ProcessElement
  public void process(@Element SourcePart part, MultiOutputReceiver output) {
    part.index(
        store,
        new SourcePart.Listener() {
          @Override
          public void picture(PictureReference reference) {
            output.get(ConvertGraph.PICTURES).output(reference);
          }

          @Override
          public void read(CheckedRange range) {
            output.get(ConvertGraph.ARCHIVE_BYTES).output(range);
          }

          @Override
          public void rejected(Rejection rejection) {
            rejectedByName.inc();
            output.get(ConvertGraph.REJECTIONS).output(rejection);
          }

          @Override
          public void ignored(String name) {
            output.get(ConvertGraph.IGNORED).output(name);
          }
        });
  }
}
