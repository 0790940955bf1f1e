package dev.alexnet.model.training.benchmark;

import dev.alexnet.model.arithmetic.ArithmeticSummary;
import java.util.List;

/**
 * How fast training steps were, as medians within one process.
 *
 * @param devices of the towers
 * @param input {@code synthetic}, or the dataset
 * @param seconds of the measured steps, the shortest first
 * @param imagesPerSecond by the median step
 * @param gigaflops that the network needs of the machine at this rate, in 1e9 operations a second
 * @param peakGigaflops of matrix products on the same devices at the same time, in the same
 *     precision
 * @param shareOfPeak the one by the other
 * @param arithmetic what was checked before the first step
 */
public record BenchmarkResult(
    String preset,
    String without,
    int classes,
    int batch,
    String precision,
    String devices,
    String input,
    List<Double> seconds,
    double imagesPerSecond,
    double gigaflops,
    double peakGigaflops,
    double shareOfPeak,
    ArithmeticSummary arithmetic) {

  public BenchmarkResult {
    seconds = List.copyOf(seconds);
  }
}
