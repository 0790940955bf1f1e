package dev.alexnet.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.numpy.NpyWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Neighbours among as many features as ILSVRC2012's training set has in the published network: 21
 * GB. All shards are names of one file, so that a disk of 200 MB will do; each row is then there
 * once for each shard, and the nearest of a query are the copies of one row, in their order.
 *
 * <pre>mvn -pl pipelines -am test -Dtest=LargeFeaturesTest -Dgroups=endurance \
 *     -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xmx256m -XX:TieredStopAtLevel=1"</pre>
 */
@Tag("endurance")
class LargeFeaturesTest {
  private static final int VALUES = 4096;
  private static final int SHARDS = 128;
  private static final int ROWS_OF_SHARD = 10_009;
  private static final int NEIGHBOURS = 6;
  private static final long SMALL_HEAP = 320L << 20;

  @TempDir private Path directory;

  private float[] write(int wanted) throws IOException {
    Random random = new Random(3);
    Path first = directory.resolve(FeatureFormat.NPY.file(0, SHARDS));
    float[] row = new float[VALUES];
    float[] kept = new float[VALUES];
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(first))) {
      NpyWriter writer = NpyWriter.ofFloats(stream, ROWS_OF_SHARD, VALUES);
      for (int i = 0; i < ROWS_OF_SHARD; i++) {
        for (int value = 0; value < VALUES; value++) {
          row[value] = random.nextFloat();
        }
        writer.write(row);
        if (i == wanted) {
          kept = row.clone();
        }
      }
      writer.finish();
    }
    long crc32c = ObjectStores.standard().crc32c(Location.of(first));
    List<FeatureShard> shards = new ArrayList<>();
    for (int index = 0; index < SHARDS; index++) {
      Path file = directory.resolve(FeatureFormat.NPY.file(index, SHARDS));
      if (index > 0) {
        Files.createLink(file, first);
      }
      Shard written =
          new Shard(file.getFileName().toString(), ROWS_OF_SHARD, Files.size(file), crc32c);
      shards.add(new FeatureShard(index, ROWS_OF_SHARD, 0, VALUES, List.of(written), List.of()));
    }
    FeaturesManifest manifest =
        new FeaturesManifest(
            FeaturesManifest.SCHEMA_VERSION,
            (long) SHARDS * ROWS_OF_SHARD,
            0,
            VALUES,
            1,
            List.of("npy"),
            "data",
            "data",
            "model",
            "model",
            List.of(),
            shards);
    Files.write(directory.resolve(FeaturesManifest.FILE), Json.document(manifest));
    return kept;
  }

  @Test
  void of_asManyRowsAsTheTrainingSet_needsNoMoreThanASmallHeap() throws IOException {
    assertThat(Runtime.getRuntime().maxMemory()).as("the heap").isLessThan(SMALL_HEAP);
    int wanted = 7_001;
    float[] query = write(wanted);
    Features features = Features.open(ObjectStores.standard(), Location.of(directory));
    float[][] queries = Collections.nCopies(5, query).toArray(float[][]::new);
    // The first query is the row of the first shard itself.
    List<Long> ownRows = List.of((long) wanted, -1L, -1L, -1L, -1L);

    long start = System.nanoTime();
    List<List<Neighbour>> nearest =
        NearestNeighbours.of(features, queries, ownRows, NEIGHBOURS, Progress.SILENT);
    double seconds = (System.nanoTime() - start) / 1e9;

    List<Long> copies =
        IntStream.range(0, NEIGHBOURS + 1)
            .mapToObj(i -> wanted + (long) i * ROWS_OF_SHARD)
            .toList();
    for (int i = 0; i < queries.length; i++) {
      assertThat(nearest.get(i))
          .extracting(Neighbour::row)
          .isEqualTo(i == 0 ? copies.subList(1, 7) : copies.subList(0, 6));
      assertThat(nearest.get(i)).extracting(Neighbour::distance).containsOnly(0.0);
    }
    long rows = features.manifest().images();
    System.out.printf(
        Locale.ROOT,
        "%,d rows of %,d values, %d queries: %.1f s, %,.0f rows/s; %s%n",
        rows,
        VALUES,
        queries.length,
        seconds,
        rows / seconds,
        peak());
  }

  private static String peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.isReadable(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("")
        : "";
  }
}
