package dev.alexnet.model.training.step;

import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.data.BatchDataset;
import org.tensorflow.op.data.Iterator;
import org.tensorflow.op.data.IteratorGetNext;
import org.tensorflow.op.data.MakeIterator;
import org.tensorflow.op.data.ParallelMapDataset;
import org.tensorflow.op.data.PrefetchDataset;
import org.tensorflow.op.data.SkipDataset;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.data.DatasetOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A tf.data pipeline within a graph: files → records → shuffle → skip → decode and crop in parallel
 * → batches → prefetch. It is restarted for each epoch; the content of the batches depends only on
 * the arguments of {@link #start}.
 */
final class InputGraph {
  /**
   * Records are shuffled when they are written; this buffer only varies the order between epochs.
   */
  private static final long SHUFFLE_BUFFER = 8192;

  private static final long PREFETCHED_BATCHES = 2;
  private static final List<Class<? extends TType>> RECORD_TYPES = List.of(TString.class);
  private static final List<Shape> RECORD_SHAPES = List.of(Shape.scalar());
  private static final List<Class<? extends TType>> EXAMPLE_TYPES =
      List.of(TFloat32.class, TInt64.class, TString.class);

  private final ReadAhead readAhead;
  private final Operand<TString> files;
  private final Operand<TInt64> shuffleSeed;
  private final Operand<TInt64> roundKey;
  private final Operand<TFloat32> colour;
  private final Operand<TInt64> skippedRecords;
  private final Op start;
  private final Operand<TInt64> startedAt;
  private final Operand<TInt64> delivered;
  private final Op deliver;
  private final Operand<TFloat32> images;
  private final Operand<TInt64> labels;
  private final Operand<TString> imageIds;

  /**
   * @param tf a scope on the CPU, its name unique in the graph
   * @param function from {@link RecordFunctions}; attached to the graph here
   * @param shuffled whether the order is random; otherwise it is that of the files
   * @param parallelCalls how many records are decoded, or wait for a thread to decode them
   */
  InputGraph(
      Graph graph,
      Ops tf,
      ConcreteFunction function,
      int inputSize,
      int batch,
      boolean shuffled,
      int parallelCalls) {
    this.readAhead =
        new ReadAhead(batch, shuffled ? SHUFFLE_BUFFER : 1, parallelCalls, PREFETCHED_BATCHES);
    graph.attachFunction(function);
    files = tf.placeholder(TString.class);
    shuffleSeed = tf.placeholder(TInt64.class);
    roundKey = tf.placeholder(TInt64.class);
    colour = tf.placeholder(TFloat32.class);
    skippedRecords = tf.placeholder(TInt64.class);

    Operand<? extends TType> records = shuffled ? shuffle(tf, recordsOf(tf)) : recordsOf(tf);
    records = SkipDataset.create(tf.scope(), records, skippedRecords, RECORD_TYPES, RECORD_SHAPES);
    List<Shape> exampleShapes =
        List.of(Shape.of(inputSize, inputSize, 3), Shape.scalar(), Shape.scalar());
    List<Shape> batchShapes =
        List.of(
            Shape.of(Shape.UNKNOWN_SIZE, inputSize, inputSize, 3),
            Shape.of(Shape.UNKNOWN_SIZE),
            Shape.of(Shape.UNKNOWN_SIZE));
    Operand<? extends TType> examples =
        ParallelMapDataset.create(
            tf.scope(),
            records,
            List.of(roundKey, colour),
            tf.constant((long) parallelCalls),
            function,
            EXAMPLE_TYPES,
            exampleShapes,
            ParallelMapDataset.deterministic("true"));
    Operand<? extends TType> batches =
        BatchDataset.create(
            tf.scope(),
            examples,
            tf.constant((long) batch),
            tf.constant(false),
            EXAMPLE_TYPES,
            batchShapes,
            BatchDataset.parallelCopy(true));
    Operand<? extends TType> prefetched =
        PrefetchDataset.create(
            tf.scope(), batches, tf.constant(PREFETCHED_BATCHES), EXAMPLE_TYPES, batchShapes);
    String name = tf.scope().makeOpName("iterator");
    Iterator iterator = Iterator.create(tf.scope(), name, "", EXAMPLE_TYPES, batchShapes);
    VarHandleOp count =
        tf.varHandleOp(TInt64.class, Shape.scalar(), VarHandleOp.sharedName(name + "/delivered"));
    startedAt = tf.placeholder(TInt64.class);
    start =
        MakeIterator.create(
            tf.withControlDependencies(List.of(tf.assignVariableOp(count, startedAt))).scope(),
            untuned(tf, prefetched, batchShapes),
            iterator);
    delivered = tf.readVariableOp(count, TInt64.class);
    IteratorGetNext next = IteratorGetNext.create(tf.scope(), iterator, EXAMPLE_TYPES, batchShapes);
    images = next.components().get(0).asOutput().expect(TFloat32.class);
    labels = next.components().get(1).asOutput().expect(TInt64.class);
    imageIds = next.components().get(2).asOutput().expect(TString.class);
    deliver = tf.withControlDependencies(List.of(next)).assignAddVariableOp(count, tf.constant(1L));
  }

  // The first version of the operation: the second fails when its iterator starts.
  private Operand<? extends TType> recordsOf(Ops tf) {
    return tf.scope()
        .opBuilder("TFRecordDataset", "TFRecordDataset")
        .addInput(files.asOutput())
        .addInput(tf.constant("").asOutput())
        .addInput(tf.constant(1L << 20).asOutput())
        .build()
        .<TType>output(0);
  }

  // The first version here too: later ones need a seed generator resource.
  private Operand<? extends TType> shuffle(Ops tf, Operand<? extends TType> records) {
    return tf.scope()
        .opBuilder("ShuffleDataset", "ShuffleDataset")
        .addInput(records.asOutput())
        .addInput(tf.constant(SHUFFLE_BUFFER).asOutput())
        .addInput(shuffleSeed.asOutput())
        .addInput(roundKey.asOutput())
        .setAttr("reshuffle_each_iteration", false)
        .setAttr("output_types", new DataType[] {DataType.DT_STRING})
        .setAttr("output_shapes", new Shape[] {Shape.scalar()})
        .build()
        .<TType>output(0);
  }

  // All numbers are fixed here; to tune them, TensorFlow would time every operation of every image.
  // Built by name, because the wrapper accepts only String options.
  private static Operand<? extends TType> untuned(
      Ops tf, Operand<? extends TType> batches, List<Shape> shapes) {
    DatasetOptions.Options options =
        DatasetOptions.Options.newBuilder()
            .setAutotuneOptions(DatasetOptions.AutotuneOptions.newBuilder().setEnabled(false))
            .build();
    return tf.scope()
        .opBuilder("OptionsDataset", "OptionsDataset")
        .addInput(batches.asOutput())
        .setAttr("serialized_options", options.toByteArray())
        .setAttr(
            "output_types",
            new DataType[] {DataType.DT_FLOAT, DataType.DT_INT64, DataType.DT_STRING})
        .setAttr("output_shapes", shapes.toArray(Shape[]::new))
        .build()
        .<TType>output(0);
  }

  /** The next batch's images: {@code [batch, inputSize, inputSize, 3]}. */
  Operand<TFloat32> images() {
    return images;
  }

  /** Counts a delivered batch; a target of every step. */
  Op deliver() {
    return deliver;
  }

  /**
   * How many batches of the epoch were delivered; may be called while a step waits for the next.
   */
  long delivered(Session session) {
    try (Result result = session.runner().fetch(delivered).run()) {
      return ((TInt64) result.get(0)).getLong();
    }
  }

  /** The next batch's labels: {@code [batch]}. */
  Operand<TInt64> labels() {
    return labels;
  }

  /** The ids of the next batch's images: {@code [batch]}. */
  Operand<TString> imageIds() {
    return imageIds;
  }

  ReadAhead readAhead() {
    return readAhead;
  }

  /**
   * Starts an epoch. No file is opened before the first batch is asked for.
   *
   * @param shards the paths of the epoch's shards, in its order
   * @param skipped how many batches to leave out at the start
   */
  void start(Session session, EpochOrder epoch, List<String> shards, long skipped) {
    try (TString paths = TString.tensorOf(NdArrays.vectorOfObjects(shards.toArray(String[]::new)));
        TInt64 seed = TInt64.scalarOf(epoch.seed());
        TInt64 key = TInt64.scalarOf(epoch.key());
        TFloat32 factor = TFloat32.scalarOf(epoch.addsPcaNoise() ? 1 : 0);
        TInt64 batches = TInt64.scalarOf(skipped);
        TInt64 records = TInt64.scalarOf(skipped * readAhead.batch())) {
      session
          .runner()
          .feed(files, paths)
          .feed(shuffleSeed, seed)
          .feed(roundKey, key)
          .feed(colour, factor)
          .feed(skippedRecords, records)
          .feed(startedAt, batches)
          .addTarget(start)
          .run()
          .close();
    }
  }
}
