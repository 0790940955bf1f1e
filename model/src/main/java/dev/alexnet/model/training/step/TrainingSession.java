package dev.alexnet.model.training.step;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.training.device.MemoryNeed;
import dev.alexnet.model.training.device.SessionConfiguration;
import dev.alexnet.model.training.shards.ReadingOrder;
import dev.alexnet.model.training.shards.ShardFiles;
import dev.alexnet.model.training.shards.ShardSource;
import dev.alexnet.model.training.watch.StallWatch;
import dev.alexnet.model.training.watch.StepInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** A training graph with its inputs in a session on the towers' devices. */
public final class TrainingSession implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final TrainingGraph training;
  private final SessionVariables variables;
  private final StagedInput input;
  private final StagedInput validationInput;
  private final SessionPlan plan;
  private final MemoryNeed memory;
  private final StallWatch watch;
  private List<ReadingOrder> nextEpoch = List.of();
  private Result heldBatch;

  /**
   * A session that reads local datasets.
   *
   * @param validation null for none
   * @param watch over every step
   */
  public TrainingSession(SessionPlan plan, Dataset data, Dataset validation, StallWatch watch) {
    this(plan, data, validation, ShardSource.local(), watch);
  }

  /**
   * @param validation null for none
   * @param shards of both; not closed
   * @param watch over every step
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if there is too little room for the
   *     shards
   */
  public TrainingSession(
      SessionPlan plan, Dataset data, Dataset validation, ShardSource shards, StallWatch watch) {
    int classes = data.manifest().classes().size();
    this.plan = plan;
    this.watch = watch;
    this.memory = MemoryNeed.of(plan.network(), classes, plan.batch());
    this.graph = new Graph();
    try {
      Ops host = Placement.onHost(Ops.create(graph));
      SessionInputs inputs = SessionInputs.of(graph, host, plan, data, validation, shards);
      this.input = inputs.training();
      this.validationInput = inputs.validation();
      this.training =
          TrainingGraph.build(
              graph,
              plan,
              classes,
              input.batch(),
              validationInput == null ? null : validationInput.batch());
      Map<String, Operand<TBool>> finite = training.variables().finite();
      this.session = new Session(graph, SessionConfiguration.of(plan.placement()));
      this.variables = new SessionVariables(session, training, finite);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** The parameters and momenta. */
  public SessionVariables variables() {
    return variables;
  }

  /** How many steps show every image once; the last may have fewer images. */
  public long stepsPerEpoch() {
    return stepsPerEpoch(input.data(), plan.batch());
  }

  /** The kernels that compute the steps. */
  public Arithmetic arithmetic() {
    return plan.execution().arithmetic();
  }

  public static long stepsPerEpoch(Dataset data, int batch) {
    return StagedInput.batches(data, batch);
  }

  /**
   * Seeks to a step in its epoch, so that it is the next {@link #step}.
   *
   * @param step counted from 0
   */
  public void seek(long step) {
    long steps = stepsPerEpoch();
    long epoch = step / steps;
    boolean addsPcaNoise = plan.addsPcaNoise().test(step);
    nextEpoch = List.of(reading(shuffled(epoch + 1, addsPcaNoise, 0)));
    List<ReadingOrder> following = new ArrayList<>();
    if (validationInput != null) {
      Dataset validation = validationInput.data();
      following.add(new ReadingOrder(validation, EpochOrder.ordered(validation).shards()));
    }
    following.addAll(nextEpoch);
    input.start(session, shuffled(epoch, addsPcaNoise, step % steps), following);
  }

  private EpochOrder shuffled(long epoch, boolean addsPcaNoise, long skipped) {
    return EpochOrder.shuffled(input.data(), plan.seed(), epoch, addsPcaNoise, skipped);
  }

  private ReadingOrder reading(EpochOrder epoch) {
    return new ReadingOrder(input.data(), epoch.shards());
  }

  /** The ids of the images of the next step, which are skipped. */
  public List<String> nextImageIds() {
    stage(input);
    List<String> ids = new ArrayList<>();
    try (Result result = input.take(session.runner()).fetch(input.imageIds()).run()) {
      ((TString) result.get(0)).scalars().forEach(id -> ids.add(id.getObject()));
    }
    return ids;
  }

  /** Reads the next batch, and uses it for every later {@link #step}. */
  public void holdNextBatch() {
    stage(input);
    TrainingGraph.Batch next = input.batch();
    Session.Runner runner = session.runner().fetch(next.images().get(0)).fetch(next.labels());
    heldBatch = watched(input, 0, input.take(runner)::run);
  }

  public BatchResult step(long step, LearningRates rates) {
    try (Result result = run(step, rates, RunOptions.getDefaultInstance())) {
      return ClassificationLoss.read(result);
    }
  }

  /** The result of a step, and the kernels that ran in it. */
  public record Traced(BatchResult result, RunMetadata metadata) {}

  /** A step whose kernels are recorded by device. */
  public Traced tracedStep(long step, LearningRates rates) {
    RunOptions options =
        RunOptions.newBuilder()
            .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
            .setOutputPartitionGraphs(true)
            .build();
    try (Result result = run(step, rates, options)) {
      return new Traced(ClassificationLoss.read(result), result.getMetadata().orElseThrow());
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
      boolean traced = options.getTraceLevel() == RunOptions.TraceLevel.FULL_TRACE;
      Callable<Result> run = traced ? runner::runAndFetchMetadata : runner::run;
      if (heldBatch == null) {
        return onNextBatch(input, runner, run);
      }
      TrainingGraph.Batch fed = input.batch();
      fed.images().stream().distinct().forEach(images -> runner.feed(images, heldBatch.get(0)));
      runner.feed(fed.labels(), heldBatch.get(1));
      return watched(input, 0, run);
    }
  }

  /** A run that takes the staged batch, and stages the next one meanwhile. */
  private Result onNextBatch(StagedInput source, Session.Runner runner, Callable<Result> run) {
    stage(source);
    source.take(runner);
    if (source.hasNext()) {
      source.put(runner);
    }
    return watched(source, 0, run);
  }

  /** Makes sure that a batch is staged; there is none at the start of an epoch. */
  private void stage(StagedInput source) {
    while (source.isBehind()) {
      long passed = source.recordsPassed();
      watched(source, passed, source.drop(session.runner())::run).close();
    }
    if (source.isEmpty()) {
      long passed = source.recordsPassed();
      watched(source, passed, source.put(session.runner())::run).close();
    }
  }

  /**
   * Does a run, and explains its failures.
   *
   * @param source of the batch that it computes with or stages
   * @param passed how many records it has to skip first
   */
  private Result watched(StagedInput source, long passed, Callable<Result> run) {
    ShardFiles files = source.files();
    StepInput read =
        new StepInput(source.data().location(), files::open, () -> source.hasArrived(session));
    try {
      return watch.step(run, passed, read, plan.placement().toString());
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw StepFailure.explaining(files, memory, e);
    }
  }

  /**
   * Runs the whole validation set through the network in inference.
   *
   * @param stopRequested asked before every batch
   * @return empty if a stop was requested before the end
   */
  public Optional<BatchResult> validate(BooleanSupplier stopRequested) {
    Dataset validation = validationInput.data();
    validationInput.start(session, EpochOrder.ordered(validation), nextEpoch);
    BatchResult sum = BatchResult.none();
    while (sum.images() < validation.manifest().records()) {
      if (stopRequested.getAsBoolean()) {
        return Optional.empty();
      }
      Session.Runner runner = session.runner();
      training.validationLoss().fetch(runner);
      try (Result result = onNextBatch(validationInput, runner, runner::run)) {
        sum = sum.plus(ClassificationLoss.read(result));
      }
    }
    return Optional.of(sum);
  }

  /** The graph as TensorFlow gets it. */
  public GraphDef graphDefinition() {
    return graph.toGraphDef();
  }

  @Override
  public void close() {
    if (watch.isStuck()) {
      // Closing would wait forever for the step.
      return;
    }
    if (heldBatch != null) {
      heldBatch.close();
    }
    session.close();
    graph.close();
  }
}
