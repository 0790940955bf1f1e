package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.reading.CheckedObject;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/** Compares archives on an object store with their checksums, once all parts of them were read. */
final class CheckArchivesFn extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<Iterable<CheckedRange>> read;
  private transient ObjectStore store;

  CheckArchivesFn(PCollectionView<Iterable<CheckedRange>> read) {
    this.read = read;
  }

  @Setup
  public void setUp() {
    store = ObjectStores.standard();
  }

  @ProcessElement
  public void process(ProcessContext context) {
    List<CheckedRange> ranges = new ArrayList<>();
    context.sideInput(read).forEach(ranges::add);
    CheckedObject.require(store, ranges);
    context.output(context.element());
  }
}
