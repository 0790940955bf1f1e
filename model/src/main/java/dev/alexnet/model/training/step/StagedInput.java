package dev.alexnet.model.training.step;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The batches of a dataset on the devices that compute with them. A run takes the staged batch and
 * stages the next one: pixels are copied to a GPU while it computes.
 */
final class StagedInput {
  private final InputGraph source;
  private final Dataset data;
  private final int size;
  private final TrainingGraph.Batch batch;
  private final Operand<TString> imageIds;
  private final List<Op> take = new ArrayList<>();
  private final List<Op> put = new ArrayList<>();
  private final List<Op> clear = new ArrayList<>();
  private long firstBatch;
  private long batchesPut;
  private long batchesTaken;

  /**
   * @param tf the source's scope, on the CPU
   * @param source produces the batches
   * @param data what the source reads
   */
  StagedInput(Ops tf, InputGraph source, Dataset data, SessionPlan plan) {
    this.source = source;
    this.data = data;
    this.size = plan.batch();
    Placement placement = plan.placement();
    List<StagingArea<TFloat32>> images =
        placement.onEach(
            tf.withSubScope("images"), device -> StagingArea.of(device, source.images()));
    StagingArea<TInt64> labels =
        StagingArea.of(placement.on(tf.withSubScope("labels"), 0), source.labels());
    StagingArea<TString> ids = StagingArea.of(tf.withSubScope("ids"), source.imageIds());
    this.batch =
        new TrainingGraph.Batch(
            images.stream().<Operand<TFloat32>>map(StagingArea::taken).toList(), labels.taken());
    this.imageIds = ids.taken();
    images.stream().distinct().forEach(this::add);
    add(labels);
    add(ids);
    put.add(source.deliver());
  }

  private void add(StagingArea<?> area) {
    take.add(area.taken());
    put.add(area.put());
    clear.add(area.clear());
  }

  /** The staged batch: the images on each tower's device, the labels on the first one's. */
  TrainingGraph.Batch batch() {
    return batch;
  }

  /** The ids of the images of the batch: {@code [batch]}. */
  Operand<TString> imageIds() {
    return imageIds;
  }

  Dataset data() {
    return data;
  }

  /** How many batches show every image once; the last may have fewer images. */
  static long batches(Dataset data, int size) {
    return (data.manifest().records() + size - 1) / size;
  }

  /** Starts an epoch; staged batches are dropped. */
  void start(Session session, EpochOrder epoch) {
    source.start(session, epoch);
    Session.Runner runner = session.runner();
    clear.forEach(runner::addTarget);
    runner.run().close();
    firstBatch = epoch.skippedBatches();
    batchesPut = firstBatch;
    batchesTaken = firstBatch;
  }

  /** Whether no batch is staged: one must be staged before a run can take it. */
  boolean isEmpty() {
    return batchesPut == batchesTaken;
  }

  /** How many records the source has to skip before the next batch. */
  long recordsPassed() {
    return batchesPut == firstBatch ? firstBatch * size : 0;
  }

  /** Whether the epoch has a batch that was not staged yet. */
  boolean hasNext() {
    return batchesPut < batches(data, size);
  }

  /**
   * Makes the run stage the next batch.
   *
   * @return the runner
   * @throws IllegalStateException if the epoch has no more
   */
  Session.Runner put(Session.Runner runner) {
    if (!hasNext()) {
      throw new IllegalStateException(
          data.location() + " has no batch after the " + batchesPut + " of its epoch");
    }
    put.forEach(runner::addTarget);
    batchesPut++;
    return runner;
  }

  /**
   * Makes the run take the staged batch.
   *
   * @return the runner
   * @throws IllegalStateException if none is staged: the run would wait forever
   */
  Session.Runner take(Session.Runner runner) {
    if (isEmpty()) {
      throw new IllegalStateException("No batch of " + data.location() + " is staged");
    }
    take.forEach(runner::addTarget);
    batchesTaken++;
    return runner;
  }

  /**
   * Whether all batches that were to be staged have been read and decoded; may be called during a
   * run.
   */
  boolean hasArrived(Session session) {
    return source.delivered(session) >= batchesPut;
  }
}
