package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.DownloadBucket;
import dev.alexnet.model.testing.ManyShards;
import dev.alexnet.model.training.shards.ShardCache;
import dev.alexnet.model.training.shards.ShardSource;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast training is with a warm cache, step by step beside training from local files. */
@Tag("benchmark")
class CachedRateBenchmarkTest {
  private static final int BATCH = 64;
  private static final int SHARDS = 40;
  private static final LearningRates RATES = new LearningRates(0.001, 0.002);

  @TempDir Path directory;

  @Test
  void step_warmCache_isAsFastAsLocalFiles() {
    long[] records = new long[SHARDS];
    Arrays.fill(records, 320);
    Dataset local = ManyShards.write(directory.resolve("data"), "train", records);
    DownloadBucket bucket = new DownloadBucket(directory);
    Dataset remote = Dataset.open(bucket, DownloadBucket.BUCKET.resolve("data"));
    try (ShardSource shards =
            ShardCache.open(
                bucket,
                directory.resolve("cache"),
                ByteSize.parse("1G"),
                List.of(remote),
                StallWatch.unlimited(),
                notice -> {});
        TrainingSession cached = session(remote, shards);
        TrainingSession plain = session(local, ShardSource.local())) {
      long epoch = plain.stepsPerEpoch();
      cached.seek(0);
      for (long step = 0; step < epoch; step++) {
        cached.nextImageIds();
      }
      assertThat(bucket.downloads()).hasSize(SHARDS);
      List<Double> ofCached = new ArrayList<>();
      List<Double> ofPlain = new ArrayList<>();
      cached.seek(epoch);
      plain.seek(epoch);
      for (long step = epoch; step < 2 * epoch; step++) {
        // Each goes first in turn.
        if (step % 2 == 0) {
          ofCached.add(seconds(cached, step));
          ofPlain.add(seconds(plain, step));
        } else {
          ofPlain.add(seconds(plain, step));
          ofCached.add(seconds(cached, step));
        }
      }
      assertThat(bucket.downloads()).hasSize(SHARDS);
      System.out.printf(
          "{\"steps\":%d,\"batch\":%d,\"local_images_per_second\":%.1f,"
              + "\"cached_images_per_second\":%.1f,\"ratio\":%.4f,\"ratio_of_sums\":%.4f}%n",
          epoch,
          BATCH,
          BATCH / median(ofPlain),
          BATCH / median(ofCached),
          median(ofPlain) / median(ofCached),
          sum(ofPlain) / sum(ofCached));
    }
  }

  private static TrainingSession session(Dataset data, ShardSource shards) {
    SessionPlan plan =
        SessionPlan.published(
            Presets.mini(), CheckedExecution.of(Presets.mini(), 4, Placement.host(2)), BATCH);
    TrainingSession session = new TrainingSession(plan, data, null, shards, StallWatch.unlimited());
    session.variables().initialize();
    return session;
  }

  private static double seconds(TrainingSession session, long step) {
    long start = System.nanoTime();
    session.step(step, RATES);
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
