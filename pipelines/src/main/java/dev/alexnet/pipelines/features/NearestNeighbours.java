package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.pipelines.output.VerifiedMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Finds the rows of features with the smallest Euclidean distance to each query. The search is
 * exact: it reads every row, in blocks, so its memory depends on the block and the queries, not on
 * the number of rows.
 */
public final class NearestNeighbours {
  /**
   * Values in a block of rows, per core: 4 MiB, which stay in the cache while all queries are
   * compared.
   */
  private static final int BLOCK_VALUES = 1 << 20;

  private static final String ROWS = "rows";

  private static final Comparator<Neighbour> NEAREST =
      Comparator.comparingDouble(Neighbour::distance).thenComparingLong(Neighbour::row);

  private final Features features;
  private final float[][] queries;
  private final List<Long> ownRows;
  private final int count;

  private NearestNeighbours(Features features, float[][] queries, List<Long> ownRows, int count) {
    this.features = features;
    this.queries = queries;
    this.ownRows = ownRows;
    this.count = count;
  }

  /**
   * Searches.
   *
   * @param queries the features of each query
   * @param ownRows the row that is the query itself, which does not count as a neighbour; −1 if
   *     there is none
   * @param count how many neighbours of each query to find; fewer if there are not enough rows
   * @param progress is told of rows
   * @return the neighbours of each query, the nearest first; at equal distance the lower row comes
   *     first
   * @throws Failure of kind MISMATCH if a query has another length or there is no matrix, BAD_DATA
   *     if a matrix is damaged
   */
  public static List<List<Neighbour>> of(
      Features features, float[][] queries, List<Long> ownRows, int count, Progress progress) {
    FeaturesManifest manifest = features.manifest();
    if (!manifest.formats().contains(FeatureFormat.NPY.suffix())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          features.location()
              + " has no matrix, only "
              + String.join(", ", manifest.formats())
              + "; write the features again with --format npy");
    }
    for (float[] query : queries) {
      if (query.length != manifest.values()) {
        throw new Failure(
            Failure.Kind.MISMATCH,
            "A query has %d features and the rows of %s have %d; they come from different models"
                .formatted(query.length, features.location(), manifest.values()));
      }
    }
    return new NearestNeighbours(features, queries, ownRows, count).search(progress);
  }

  private List<List<Neighbour>> search(Progress progress) {
    List<FeatureShard> shards = features.manifest().shards();
    long[] first = new long[shards.size()];
    for (int i = 1; i < first.length; i++) {
      first[i] = first[i - 1] + shards.get(i - 1).records();
    }
    AtomicLong done = new AtomicLong();
    long total = features.manifest().images();
    List<List<PriorityQueue<Neighbour>>> ofShards =
        IntStream.range(0, first.length)
            .parallel()
            .mapToObj(
                index -> {
                  List<PriorityQueue<Neighbour>> nearest = search(shards.get(index), first[index]);
                  progress.report(done.addAndGet(shards.get(index).records()), total, ROWS, "");
                  return nearest;
                })
            .toList();
    List<List<Neighbour>> nearest = new ArrayList<>();
    for (int query = 0; query < queries.length; query++) {
      int of = query;
      nearest.add(
          ofShards.stream()
              .flatMap(ofShard -> ofShard.get(of).stream())
              .sorted(NEAREST)
              .limit(count)
              .toList());
    }
    return nearest;
  }

  private List<PriorityQueue<Neighbour>> search(FeatureShard shard, long first) {
    int columns = features.manifest().values();
    List<PriorityQueue<Neighbour>> nearest = new ArrayList<>();
    for (int query = 0; query < queries.length; query++) {
      nearest.add(new PriorityQueue<>(NEAREST.reversed()));
    }
    float[] block = new float[Math.max(1, BLOCK_VALUES / columns) * columns];
    try (VerifiedMatrix reader = features.matrix(shard)) {
      long row = first;
      for (int rows = reader.read(block); rows > 0; rows = reader.read(block)) {
        for (int query = 0; query < queries.length; query++) {
          add(query, block, rows, row, nearest.get(query));
        }
        row += rows;
      }
    } catch (IOException e) {
      throw Failure.inputOutput("read", features.location(), e);
    }
    return nearest;
  }

  private void add(
      int query, float[] block, int rows, long first, PriorityQueue<Neighbour> nearest) {
    float[] values = queries[query];
    for (int i = 0; i < rows; i++) {
      double square = square(values, block, i * values.length);
      long row = first + i;
      // A row without features is NaN, and never a neighbour.
      if (row == ownRows.get(query) || Double.isNaN(square)) {
        continue;
      }
      nearest.add(new Neighbour(row, Math.sqrt(square)));
      if (nearest.size() > count) {
        nearest.remove();
      }
    }
  }

  private static double square(float[] query, float[] block, int start) {
    double sum = 0;
    for (int i = 0; i < query.length; i++) {
      double difference = (double) query[i] - block[start + i];
      sum += difference * difference;
    }
    return sum;
  }
}
