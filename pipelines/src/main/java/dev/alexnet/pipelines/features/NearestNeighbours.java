package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The rows of features with the least Euclidean distance to each query. Exact: every row is looked
 * at, in blocks, so memory depends on the block and the queries, not on the rows.
 */
public final class NearestNeighbours {
  /** Of a block of rows, on each core: 4 MiB, which stay in its cache while queries pass. */
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
   * @param queries the features of each
   * @param ownRows the row that each query is itself, which is no neighbour; −1 where it is none
   * @param count how many neighbours of each query, fewer where there are not as many rows
   * @param progress hears of rows
   * @return for each query its neighbours, the nearest first, of equally near ones the lower row
   * @throws Failure of kind MISMATCH where queries are of another length or there is no matrix,
   *     BAD_DATA where a matrix is damaged
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
            "A query has %d features and the rows of %s have %d; they are not of one model"
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
    try (ShardMatrix reader = features.matrix(shard)) {
      long row = first;
      for (int rows = reader.read(block); rows > 0; rows = reader.read(block)) {
        for (int query = 0; query < queries.length; query++) {
          add(query, block, rows, row, nearest.get(query));
        }
        row += rows;
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT, "Cannot read " + features.location() + ": " + e, e);
    }
    return nearest;
  }

  private void add(
      int query, float[] block, int rows, long first, PriorityQueue<Neighbour> nearest) {
    float[] values = queries[query];
    for (int i = 0; i < rows; i++) {
      double square = square(values, block, i * values.length);
      long row = first + i;
      // A row without features is NaN, and near to nothing.
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
