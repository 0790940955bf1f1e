package dev.alexnet.model.training.step;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.training.shards.ReadingOrder;
import dev.alexnet.model.training.shards.ShardFiles;
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
  private final ShardFiles files;
  private final Dataset data;
  private final int size;
  private final TrainingGraph.Batch batch;
  private final Operand<TString> imageIds;
  private final List<Op> take = new ArrayList<>();
  private final List<Op> put = new ArrayList<>();
  private final List<Op> clear = new ArrayList<>();
  private ShardWindow window;
  private long firstBatch;
  private long wantedBatch;
  private long batchesPut;
  private long batchesTaken;

  /**
   * @param tf the source's scope, on the CPU
   * @param source produces the batches
   * @param files what the source reads
   */
  StagedInput(Ops tf, InputGraph source, ShardFiles files, SessionPlan plan) {
    this.source = source;
    this.files = files;
    this.data = files.dataset();
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

  ShardFiles files() {
    return files;
  }

  ReadAhead readAhead() {
    return source.readAhead();
  }

  /** How many batches show every image once; the last may have fewer images. */
  static long batches(Dataset data, int size) {
    return (data.manifest().records() + size - 1) / size;
  }

  /**
   * Starts an epoch; staged batches are dropped.
   *
   * @param following what is read after it, as far as it is known
   */
  void start(Session session, EpochOrder epoch, List<ReadingOrder> following) {
    List<Shard> order = epoch.shards();
    window = new ShardWindow(source.readAhead(), order);
    wantedBatch = epoch.skippedBatches();
    firstBatch = skippedAtOnce(order);
    List<String> paths = order.stream().map(shard -> files.path(shard).toString()).toList();
    source.start(session, epoch, paths, firstBatch);
    files.begin(order, following);
    Session.Runner runner = session.runner();
    clear.forEach(runner::addTarget);
    runner.run().close();
    batchesPut = firstBatch;
    batchesTaken = firstBatch;
  }

  /**
   * One run reads all records that are skipped, so all their shards must be there before it; those
   * that cannot be are read batch by batch.
   */
  private long skippedAtOnce(List<Shard> order) {
    int shards = window.to(wantedBatch + 1);
    int together = wantedBatch == 0 ? shards : files.together(order, shards);
    return together == shards ? wantedBatch : window.batchesWithin(together);
  }

  /** Whether batches have to be {@linkplain #drop dropped} before the first of the epoch. */
  boolean isBehind() {
    return batchesPut < wantedBatch;
  }

  /**
   * Makes the run read the next batch, which is not needed.
   *
   * @return the runner
   */
  Session.Runner drop(Session.Runner runner) {
    awaitShards();
    runner.addTarget(source.deliver());
    batchesPut++;
    batchesTaken++;
    return runner;
  }

  /** TensorFlow must never find that a shard is not there. */
  private void awaitShards() {
    long delivered = batchesPut == firstBatch ? 0 : batchesPut;
    files.await(window.from(delivered), window.to(batchesPut + 1));
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
    awaitShards();
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
    if (!hasNext()) {
      // All records were delivered, so no file will be opened any more.
      files.await(window.shards(), window.shards());
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
