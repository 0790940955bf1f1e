package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares a pipeline's rate with that of its bare operations, on two cores. */
final class RateComparison {
  static final int THREADS = 2;
  private static final int ROUNDS = 5;

  private RateComparison() {}

  /** Something that is measured. */
  interface Work {
    void run() throws Exception;
  }

  /** Something done with each of many images. */
  interface ImageWork {
    void run(int image) throws Exception;
  }

  /** Images per second, and the pipeline's rate divided by that of the operations. */
  private record Result(
      String benchmark,
      int images,
      double firstRun,
      double pipeline,
      double operations,
      double ratio) {}

  /**
   * Measures both alternately, because the machine can be busy with other work, and prints the
   * round with the median ratio as a line of JSON.
   *
   * @param least the least that the median ratio must be
   */
  static void assertRatio(String name, int images, double least, Work pipeline, Work operations)
      throws Exception {
    // The first run of a process includes loading and compiling Beam and TensorFlow. It is shown,
    // not counted.
    double firstRun = images / seconds(pipeline);
    Result[] rounds = new Result[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double bare = images / seconds(operations);
      double whole = images / seconds(pipeline);
      rounds[round] = new Result(name, images, firstRun, whole, bare, whole / bare);
      System.out.printf(
          "round %d: %s %.0f images/s, bare operations %.0f images/s, ratio %.3f%n",
          round + 1, name, whole, bare, whole / bare);
    }
    Arrays.sort(rounds, (one, other) -> Double.compare(one.ratio, other.ratio));
    Result median = rounds[ROUNDS / 2];
    System.out.println(Json.line(median));
    assertThat(median.ratio).isGreaterThanOrEqualTo(least);
  }

  /** Runs all of the work in {@link #THREADS} threads. */
  static void inThreads(int images, ImageWork work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        parts.add(
            threads.submit(
                () -> {
                  for (int i = next.getAndIncrement(); i < images; i = next.getAndIncrement()) {
                    work.run(i);
                  }
                  return null;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
