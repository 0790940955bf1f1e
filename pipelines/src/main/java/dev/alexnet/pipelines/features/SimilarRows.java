package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.pipelines.output.VerifiedMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Finds rows of two directories of features that point in nearly the same direction: their images
 * show nearly the same. Compares every row of one with every row of the other, and holds the first
 * one's rows in memory.
 */
public final class SimilarRows {
  private static final int BLOCK_VALUES = 1 << 20;

  private final Features first;
  private final Features second;
  private final double least;

  private SimilarRows(Features first, Features second, double least) {
    this.first = first;
    this.second = second;
    this.least = least;
  }

  /**
   * Two similar rows.
   *
   * @param cosine of the angle between them, at most 1
   */
  public record Pair(long first, long second, double cosine) {}

  /**
   * @param least the smallest cosine of a pair
   * @param progress is told of the second one's rows
   * @return for each row of the second, in order, the row of the first with the greatest cosine, if
   *     it is at least that
   * @throws Failure of kind MISMATCH if the features come from different models or views, BAD_DATA
   *     if a matrix is damaged
   */
  public static List<Pair> of(Features first, Features second, double least, Progress progress) {
    FeaturesManifest one = first.manifest();
    FeaturesManifest other = second.manifest();
    if (!one.modelHash().equals(other.modelHash()) || one.views() != other.views()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s and %s come from different models or views, so they cannot be compared; write both with the same model"
              .formatted(first.location(), second.location()));
    }
    return new SimilarRows(first, second, least).pairs(progress);
  }

  private List<Pair> pairs(Progress progress) {
    List<float[]> known = new ArrayList<>();
    for (FeatureShard shard : first.manifest().shards()) {
      forEachRow(first, shard, (row, values) -> known.add(values));
    }
    List<FeatureShard> shards = second.manifest().shards();
    long[] starts = new long[shards.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + shards.get(i - 1).records();
    }
    AtomicLong done = new AtomicLong();
    return IntStream.range(0, starts.length)
        .parallel()
        .mapToObj(
            index -> {
              List<Pair> pairs = new ArrayList<>();
              forEachRow(
                  second,
                  shards.get(index),
                  (row, values) -> best(known, values, starts[index] + row).ifPresent(pairs::add));
              progress.report(
                  done.addAndGet(shards.get(index).records()),
                  second.manifest().images(),
                  "rows",
                  "");
              return pairs;
            })
        .flatMap(List::stream)
        .toList();
  }

  private Optional<Pair> best(List<float[]> known, float[] values, long row) {
    double greatest = -1;
    int place = -1;
    for (int i = 0; i < known.size(); i++) {
      double cosine = product(known.get(i), values);
      // A row without features is NaN, and similar to none.
      if (cosine > greatest) {
        greatest = cosine;
        place = i;
      }
    }
    return greatest >= least
        ? Optional.of(new Pair(place, row, Math.min(1, greatest)))
        : Optional.empty();
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private interface RowReader {
    /**
     * @param values of length 1, or NaN
     */
    void read(long row, float[] values);
  }

  private static void forEachRow(Features features, FeatureShard shard, RowReader reader) {
    int columns = features.manifest().values();
    float[] block = new float[Math.max(1, BLOCK_VALUES / columns) * columns];
    try (VerifiedMatrix matrix = features.matrix(shard)) {
      long row = 0;
      for (int rows = matrix.read(block); rows > 0; rows = matrix.read(block)) {
        for (int i = 0; i < rows; i++) {
          reader.read(row++, unit(block, i * columns, columns));
        }
      }
    } catch (IOException e) {
      throw Failure.inputOutput("read", features.location(), e);
    }
  }

  private static float[] unit(float[] block, int start, int columns) {
    double square = 0;
    for (int i = 0; i < columns; i++) {
      square += (double) block[start + i] * block[start + i];
    }
    float[] unit = new float[columns];
    for (int i = 0; i < columns; i++) {
      unit[i] = (float) (block[start + i] / Math.sqrt(square));
    }
    return unit;
  }
}
