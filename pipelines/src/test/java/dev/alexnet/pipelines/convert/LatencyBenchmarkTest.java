package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.TarBuilder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How much slower a conversion is if each response of the object store takes 40 ms. Two workers, as
 * on two cores, and shards of the usual number of pictures.
 */
@Tag("benchmark")
class LatencyBenchmarkTest {
  private static final int DISTINCT = 1250;
  private static final int SHARDS = 8;
  private static final int PICTURES = SHARDS * DISTINCT;
  private static final int ROUNDS = 2;

  private static ConvertSettings settings(int round, long latency) {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, new Location("gs://bucket/input"))
        .set(ConvertSettings.OUTPUT, new Location("gs://bucket/output-" + round + "-" + latency))
        .set(ConvertSettings.SPLIT, ConvertSettings.SPLIT.parse("validation"))
        .set(ConvertSettings.SHARDS, SHARDS)
        .build();
  }

  @Test
  void convert_at40MillisecondsAResponse_reaches80PercentOfItsRateAtNone() throws Exception {
    TarBuilder archive = new TarBuilder();
    List<byte[]> pictures =
        IntStream.range(0, DISTINCT).mapToObj(seed -> Drawing.jpeg(500, 375, seed)).toList();
    for (int number = 1; number <= PICTURES; number++) {
      archive.add(Archives.validationName(number), pictures.get(number % DISTINCT));
    }
    try (FakeGcs gcs = new FakeGcs()) {
      gcs.put("input/ILSVRC2012_img_val.tar", archive.build());
      gcs.put(
          "input/ILSVRC2012_devkit_t12.tar.gz", Archives.devkit(Collections.nCopies(PICTURES, 0)));
      double fast = 0;
      double slow = 0;
      // The first round warms the machine up.
      for (int round = 0; round <= ROUNDS; round++) {
        double none = seconds(gcs, round, 0);
        double latency = seconds(gcs, round, 40);
        System.out.printf(
            "round %d: %.1f pictures/s at 0 ms, %.1f at 40 ms, ratio %.3f%n",
            round, PICTURES / none, PICTURES / latency, none / latency);
        fast += round == 0 ? 0 : none;
        slow += round == 0 ? 0 : latency;
      }
      System.out.printf("mean ratio %.3f%n", fast / slow);
      assertThat(fast / slow).isGreaterThan(0.8);
    }
  }

  private static double seconds(FakeGcs gcs, int round, long latency) throws Exception {
    gcs.setLatency(Duration.ofMillis(latency));
    SerialConversion conversion =
        new SerialConversion(EmulatedStores.standard(gcs), settings(round, latency));
    long start = System.nanoTime();
    conversion.index();
    long indexed = System.nanoTime();
    conversion.write(2);
    long written = System.nanoTime();
    conversion.commit();
    long end = System.nanoTime();
    System.out.printf(
        "%d ms: index %.2f s, shards %.2f s, commit %.2f s, at most %d requests at once%n",
        latency,
        (indexed - start) / 1e9,
        (written - indexed) / 1e9,
        (end - written) / 1e9,
        gcs.mostInFlight());
    return (end - start) / 1e9;
  }
}
