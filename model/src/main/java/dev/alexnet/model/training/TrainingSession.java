package dev.alexnet.model.training;

import dev.alexnet.model.augmentation.AugmentationGraph;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** A training graph with its inputs in a session on the towers' devices. */
final class TrainingSession implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final TrainingGraph training;
  private final SessionVariables variables;
  private final InputGraph input;
  private final InputGraph validationInput;
  private final Dataset data;
  private final Dataset validation;
  private final int batch;
  private final long seed;
  private final LongPredicate disturbsColour;
  private final MemoryNeed memory;
  private final StallWatch watch;
  private final String devices;
  private long skipped;
  private Result heldBatch;

  /** A session that computes in float32, and whose steps may take for ever. */
  TrainingSession(
      AlexNetSpec spec,
      Placement placement,
      Dataset data,
      Dataset validation,
      UpdateRule rule,
      int batch,
      long seed,
      LongPredicate disturbsColour) {
    this(spec, placement, Precision.FP32, data, validation, rule, batch, seed, disturbsColour);
  }

  /** A session whose steps may take for ever. */
  TrainingSession(
      AlexNetSpec spec,
      Placement placement,
      Precision precision,
      Dataset data,
      Dataset validation,
      UpdateRule rule,
      int batch,
      long seed,
      LongPredicate disturbsColour) {
    this(
        spec,
        placement,
        precision,
        data,
        validation,
        rule,
        batch,
        seed,
        disturbsColour,
        StallWatch.unlimited());
  }

  /**
   * @param validation null for none
   * @param disturbsColour whether the epoch of a step disturbs colours; images that are augmented
   *     already stay what they are
   * @param watch over every step
   */
  TrainingSession(
      AlexNetSpec spec,
      Placement placement,
      Precision precision,
      Dataset data,
      Dataset validation,
      UpdateRule rule,
      int batch,
      long seed,
      LongPredicate disturbsColour,
      StallWatch watch) {
    this.watch = watch;
    this.devices = placement.toString();
    this.memory = MemoryNeed.of(spec, data.manifest().classes().size(), batch);
    this.data = data;
    this.validation = validation;
    this.batch = batch;
    this.seed = seed;
    this.disturbsColour = disturbsColour;
    this.graph = new Graph();
    try {
      Ops host = Placement.onHost(Ops.create(graph));
      SessionInputs inputs = SessionInputs.of(graph, host, spec, data, validation, batch);
      this.input = inputs.training();
      this.validationInput = inputs.validation();
      this.training =
          TrainingGraph.build(
              graph,
              spec,
              data.manifest().classes().size(),
              placement,
              precision,
              rule,
              seed,
              new TrainingGraph.Batch(input.images(), input.labels()),
              validationInput == null
                  ? null
                  : new TrainingGraph.Batch(validationInput.images(), validationInput.labels()));
      Map<String, Operand<TBool>> finite = training.variables().finite();
      this.session = new Session(graph, SessionConfiguration.of(placement));
      this.variables = new SessionVariables(session, training, finite);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** The parameters and momenta. */
  SessionVariables variables() {
    return variables;
  }

  /** How many steps show every image once; the last may have fewer images. */
  long stepsPerEpoch() {
    return stepsPerEpoch(data, batch);
  }

  static long stepsPerEpoch(Dataset data, int batch) {
    return (data.manifest().records() + batch - 1) / batch;
  }

  /**
   * Makes the next {@link #step} the given one, in the order of its epoch.
   *
   * @param step counted from 0
   */
  void seek(long step) {
    long epoch = step / stepsPerEpoch();
    long key = AugmentationGraph.roundKey(seed, epoch);
    List<String> paths = paths(data);
    Collections.shuffle(paths, new Random(key));
    long stepInEpoch = step % stepsPerEpoch();
    input.start(session, paths, seed, key, disturbsColour.test(step), stepInEpoch);
    skipped = stepInEpoch * batch;
  }

  /** Whether the images of a step of this epoch have come. */
  boolean hasImagesOf(long step) {
    return input.delivered(session) > step % stepsPerEpoch();
  }

  /** The ids of the images of the next step, which are skipped. */
  List<String> nextImageIds() {
    List<String> ids = new ArrayList<>();
    try (Result result = session.runner().fetch(input.imageIds()).run()) {
      ((TString) result.get(0)).scalars().forEach(id -> ids.add(id.getObject()));
    }
    return ids;
  }

  /** Reads the next batch, and makes every later {@link #step} read the same. */
  void holdNextBatch() {
    Session.Runner runner = session.runner().fetch(input.images()).fetch(input.labels());
    heldBatch = watched(0, runner::run, data, () -> false);
  }

  private static List<String> paths(Dataset dataset) {
    List<String> paths = new ArrayList<>();
    dataset.manifest().shards().stream()
        .filter(shard -> shard.records() > 0)
        .forEach(shard -> paths.add(dataset.shardLocation(shard).localPath().toString()));
    return paths;
  }

  BatchResult step(long step, LearningRates rates) {
    try (Result result = run(step, rates, RunOptions.getDefaultInstance())) {
      return ClassificationLoss.read(result);
    }
  }

  /** A step whose kernels are recorded by device. */
  TracedStep tracedStep(long step, LearningRates rates) {
    RunOptions options =
        RunOptions.newBuilder()
            .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
            .setOutputPartitionGraphs(true)
            .build();
    try (Result result = run(step, rates, options)) {
      return new TracedStep(ClassificationLoss.read(result), result.getMetadata().orElseThrow());
    }
  }

  private Result run(long step, LearningRates rates, RunOptions options) {
    try (TInt64 stepTensor = TInt64.scalarOf(step);
        TFloat32 rateTensor = TFloat32.vectorOf(training.ratesOfUpdates(rates))) {
      Session.Runner runner =
          training
              .withUpdates(session.runner(), rates)
              .setOptions(options)
              .feed(training.step(), stepTensor)
              .feed(training.rates(), rateTensor);
      training.loss().fetch(runner);
      if (heldBatch == null) {
        runner.addTarget(input.deliver());
      } else {
        runner.feed(input.images(), heldBatch.get(0)).feed(input.labels(), heldBatch.get(1));
      }
      boolean traced = options.getTraceLevel() == RunOptions.TraceLevel.FULL_TRACE;
      long passed = skipped;
      skipped = 0;
      return watched(
          passed,
          traced ? runner::runAndFetchMetadata : runner::run,
          data,
          () -> hasImagesOf(step));
    }
  }

  /**
   * Runs a step, and explains what it fails with.
   *
   * @param passed how many records it has to pass over first
   * @param hasImages whether those of the step have come
   */
  private Result watched(
      long passed, Callable<Result> step, Dataset source, Callable<Boolean> hasImages) {
    try {
      return watch.during(
          StalledStep.allowance(passed), step, () -> StalledStep.cause(source, hasImages, devices));
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw StepFailure.explaining(source, memory, e);
    }
  }

  /**
   * Runs the whole validation set through the network in inference.
   *
   * @param stopRequested asked before every batch
   * @return empty where a stop was requested before the end
   */
  Optional<BatchResult> validate(BooleanSupplier stopRequested) {
    validationInput.start(session, paths(validation), 0, 0, false, 0);
    BatchResult sum = BatchResult.none();
    long batches = 0;
    while (sum.images() < validation.manifest().records()) {
      if (stopRequested.getAsBoolean()) {
        return Optional.empty();
      }
      long before = batches++;
      Session.Runner runner = session.runner().addTarget(validationInput.deliver());
      training.validationLoss().fetch(runner);
      try (Result result =
          watched(0, runner::run, validation, () -> validationInput.delivered(session) > before)) {
        sum = sum.plus(ClassificationLoss.read(result));
      }
    }
    return Optional.of(sum);
  }

  /** The graph as it is given to TensorFlow. */
  GraphDef graphDefinition() {
    return graph.toGraphDef();
  }

  @Override
  public void close() {
    if (watch.isStuck()) {
      // Closing would wait for the step for ever.
      return;
    }
    if (heldBatch != null) {
      heldBatch.close();
    }
    session.close();
    graph.close();
  }
}
