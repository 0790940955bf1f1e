package dev.alexnet.model.training.benchmark;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.ObjectStore;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** Measures training steps, input and matrix products of one machine. */
public final class TrainingBenchmark {
  private final ObjectStore store;

  /**
   * @param store holds the dataset, if one is read
   */
  @Inject
  public TrainingBenchmark(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Makes every measurement, one after the other.
   *
   * @param notices receives a warning if the free memory may not be enough
   * @throws dev.alexnet.infra.failure.Failure as {@link #open} does
   */
  public BenchmarkResult run(BenchmarkSettings settings, Consumer<String> notices) {
    try (BenchmarkSession session = open(settings, notices)) {
      for (int step = 0; step < settings.steps(); step++) {
        session.step();
      }
      session.peakGigaflops();
      return session.result();
    }
  }

  /**
   * Builds the graph and runs a first step, in which TensorFlow plans and allocates. Several
   * sessions can be open at a time, to be measured in turn.
   *
   * @param notices receives a warning if the free memory may not be enough
   * @throws dev.alexnet.infra.failure.Failure of kind DEVICE if a device is missing or computes
   *     wrongly, MISMATCH if the batch does not fit the memory
   */
  public BenchmarkSession open(BenchmarkSettings settings, Consumer<String> notices) {
    return new BenchmarkSession(settings, store, notices);
  }
}
