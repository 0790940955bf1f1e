package dev.alexnet.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What an engine that retries failed work must do in addition. */
public abstract class RetryingRunnerContract extends RunnerContract {

  /** Like {@link #engine}, with enough attempts until the obstacle is gone. */
  protected abstract String[] engineWithRetries() throws IOException;

  @Test
  void convert_shardsThatFailAndAreRetried_endsWithTheSameBytes() throws Exception {
    job.convert("retried", SampleJob.REJECTED, "--targetParallelism=1");
    Path output = directory.resolve("retried");
    // A dataset without its shards is made again; the obstacles are in the shards' places.
    for (int shard = 0; shard < SampleJob.SHARDS; shard++) {
      Files.delete(output.resolve(SampleJob.shard(shard)));
    }
    try (Obstacles obstacles = Obstacles.put(output, SampleJob::shard, SampleJob.SHARDS)) {
      job.convert("retried", SampleJob.REJECTED, engineWithRetries());
      assertThat(obstacles.hit()).as("whether an attempt failed").isTrue();
    }
    assertThat(job.files("retried")).isEqualTo(expectedDataset);
  }

  @Test
  void score_shardsThatFailAndAreRetried_countsEachImageOnce() throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("retry-data"), "validation", 56, 3, 21);
    Location model = ModelFixture.write(directory.resolve("retry-model"), data, 1);
    job.score(data, model, "scored", 8, "--targetParallelism=1");
    Path rows = Files.createDirectories(directory.resolve("scored-again/.score"));
    try (Obstacles obstacles = Obstacles.put(rows, "predictions-%05d.jsonl"::formatted, 2)) {
      job.score(data, model, "scored-again", 8, engineWithRetries());
      assertThat(obstacles.hit()).as("whether an attempt failed").isTrue();
    }
    assertThat(job.files("scored-again")).isEqualTo(job.files("scored"));
  }

  @Test
  void features_shardsThatFailAndAreRetried_writesTheSameBytes() throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("seen-again"), "train", 56, 3, 21);
    Location model = ModelFixture.write(directory.resolve("seeing-again"), data, 1);
    job.features(data, model, "seen", "--targetParallelism=1");
    Path output = Files.createDirectories(directory.resolve("seen-retried"));
    try (Obstacles obstacles = Obstacles.put(output, "features-%05d-of-00002.npy"::formatted, 2)) {
      job.features(data, model, "seen-retried", engineWithRetries());
      assertThat(obstacles.hit()).as("whether an attempt failed").isTrue();
    }
    assertThat(job.files("seen-retried")).isEqualTo(job.files("seen"));
  }
}
