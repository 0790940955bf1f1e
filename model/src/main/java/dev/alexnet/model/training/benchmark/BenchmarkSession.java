package dev.alexnet.model.training.benchmark;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.training.device.DevicePlan;
import dev.alexnet.model.training.step.DatasetFit;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.SessionPlan;
import dev.alexnet.model.training.step.SyntheticSession;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A network on its devices; each call makes one measurement. */
public final class BenchmarkSession implements AutoCloseable {
  private static final LearningRates RATES = new LearningRates(1e-4, 1e-4);
  private static final int PRODUCTS = 5;

  private final BenchmarkSettings settings;
  private final AlexNetSpec spec;
  private final Placement placement;
  private final SyntheticSession synthetic;
  private final TrainingSession real;
  private final BenchmarkShards shards;
  private final int classes;
  private final ArithmeticSummary arithmetic;
  private final List<Double> seconds = new ArrayList<>();
  private double peak;
  private long step;

  /** Builds the graph and runs a first step, in which TensorFlow plans and allocates. */
  BenchmarkSession(BenchmarkSettings settings, ObjectStore store, Consumer<String> notices) {
    this.settings = settings;
    this.spec = settings.network();
    Dataset data = settings.data() == null ? null : Dataset.open(store, settings.data());
    if (data != null) {
      DatasetFit.check(spec, data, null, settings.batch());
    }
    this.classes = data == null ? settings.classes() : data.manifest().classes().size();
    DevicePlan devices =
        DevicePlan.of(
            new DevicePlan.Request(
                spec,
                classes,
                settings.batch(),
                settings.precision(),
                settings.devices(),
                0,
                false,
                List.of((long) settings.batch())),
            choice -> {},
            notices);
    this.placement = devices.placement();
    this.arithmetic = ArithmeticSummary.of(devices.arithmetic());
    SessionPlan plan = SessionPlan.published(spec, devices.execution(), settings.batch());
    if (data == null) {
      this.synthetic = new SyntheticSession(plan, classes);
      this.real = null;
      this.shards = null;
    } else {
      this.synthetic = null;
      this.shards = BenchmarkShards.open(store, settings.cache(), data, notices);
      this.real = open(plan, data, shards);
      real.variables().initialize();
    }
    run();
  }

  private static TrainingSession open(SessionPlan plan, Dataset data, BenchmarkShards shards) {
    try {
      return new TrainingSession(plan, data, null, shards.source(), StallWatch.unlimited());
    } catch (RuntimeException e) {
      shards.close();
      throw e;
    }
  }

  /** Runs a step. Returns its seconds, which count in the {@link #result}. */
  public double step() {
    long start = System.nanoTime();
    run();
    seconds.add((System.nanoTime() - start) / 1e9);
    return seconds.get(seconds.size() - 1);
  }

  private void run() {
    if (real == null) {
      synthetic.step(step, RATES);
    } else {
      seek();
      real.step(step, RATES);
    }
    step++;
  }

  private void seek() {
    if (step % real.stepsPerEpoch() == 0) {
      real.seek(step);
    }
  }

  /**
   * Reads the images of a step and discards them. Returns the seconds, which are not part of a
   * result.
   */
  public double readBatch() {
    long start = System.nanoTime();
    seek();
    real.nextImageIds();
    step++;
    return (System.nanoTime() - start) / 1e9;
  }

  /** Traces a step with synthetic input. */
  public StepTrace trace() {
    return StepTrace.of(synthetic.tracedStep(step++, RATES));
  }

  /**
   * The highest rate of several simultaneous matrix products on the towers' devices, in 1e9
   * operations/s.
   */
  public double peakGigaflops() {
    if (real != null) {
      try (BenchmarkSession bare = new BenchmarkSession(bare(), null, notice -> {})) {
        peak = bare.peakGigaflops();
      }
      return peak;
    }
    synthetic.matrixProduct();
    for (int product = 0; product < PRODUCTS; product++) {
      long start = System.nanoTime();
      synthetic.matrixProduct();
      long nanos = System.nanoTime() - start;
      peak = Math.max(peak, (double) synthetic.productOperations() / nanos);
    }
    return peak;
  }

  /** The smallest network on the same devices, for its matrix product. */
  private BenchmarkSettings bare() {
    String preset = spec.towers() == 1 ? "half" : "mini";
    return BenchmarkSettings.builder()
        .set(NetworkSettings.PRESET, preset)
        .set(NetworkSettings.CLASSES, 1)
        .set(NetworkSettings.BATCH, 1)
        .set(NetworkSettings.PRECISION, settings.precision())
        .set(NetworkSettings.DEVICES, settings.devices())
        .set(BenchmarkSettings.STEPS, 1)
        .build();
  }

  /** The steps so far, and the peak if it was measured. */
  public BenchmarkResult result() {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    double rate = settings.batch() / median;
    double gigaflops = rate * NetworkProfile.of(spec, classes).trainingOperations() / 1e9;
    return new BenchmarkResult(
        settings.preset(),
        settings.without(),
        classes,
        settings.batch(),
        settings.precision().toString(),
        placement.toString(),
        settings.data() == null ? "synthetic" : settings.data().toString(),
        Arrays.stream(sorted).boxed().toList(),
        rate,
        gigaflops,
        peak,
        gigaflops / peak,
        arithmetic);
  }

  @Override
  public void close() {
    if (real == null) {
      synthetic.close();
    } else {
      real.close();
      shards.close();
    }
  }
}
