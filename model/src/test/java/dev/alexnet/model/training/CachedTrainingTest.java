package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DownloadBucket;
import dev.alexnet.model.training.benchmark.BenchmarkSettings;
import dev.alexnet.model.training.benchmark.TrainingBenchmark;
import dev.alexnet.model.training.shards.CacheSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole trainings on datasets in a bucket. */
@Tag("long")
class CachedTrainingTest extends TrainingTest {
  private static final int TWO_AND_A_HALF_EPOCHS = 20;

  /** Ends a training from within, like a kill. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final DownloadBucket bucket = new DownloadBucket(sets);

  private TrainingSettings remote(String workdir) {
    return TrainingSettings.DEFINITION
        .builder(constant(workdir, TWO_AND_A_HALF_EPOCHS))
        .set(TrainingSettings.DATA, DownloadBucket.BUCKET.resolve("train"))
        .set(TrainingSettings.VALIDATION, DownloadBucket.BUCKET.resolve("validation"))
        .set(TrainingSettings.SCRATCH, Location.of(work.resolve("scratch")))
        .build();
  }

  private TrainingResult trainRemote(TrainingSettings settings, Progress progress) {
    return new Trainer(bucket, Clock.systemUTC())
        .train(settings, progress, notices::add, () -> false);
  }

  private static List<String> shards() {
    return Stream.of(data, validation)
        .flatMap(set -> set.manifest().shards().stream())
        .map(Shard::name)
        .toList();
  }

  @Test
  void train_dataInABucket_readsItOnceAndEndsWithTheSameBits() throws IOException {
    train(constant("local", TWO_AND_A_HALF_EPOCHS));
    List<Long> calls = new ArrayList<>();
    // 8 steps are an epoch; after each there is a validation.
    Progress counter =
        (done, total, unit, details) -> {
          if (unit.equals("steps") && done % 8 == 0) {
            calls.add(bucket.calls());
          }
        };
    trainRemote(remote("remote"), counter);
    assertThat(losses("remote")).isEqualTo(losses("local"));
    assertThat(savedModelHash("remote")).isEqualTo(savedModelHash("local"));
    assertThat(bucket.downloads()).containsExactlyInAnyOrderElementsOf(shards());
    assertThat(calls).hasSize(2).containsOnly(calls.get(0));
  }

  @Test
  void train_killedInTheMiddleOfAnEpoch_continuesFromItsCacheToTheSameBits() throws IOException {
    train(constant("undisturbed", TWO_AND_A_HALF_EPOCHS));
    Progress killer =
        (done, total, unit, details) -> {
          if (done == 13) {
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> trainRemote(remote("disturbed"), killer)).isInstanceOf(Killed.class);
    assertThat(trainRemote(remote("disturbed"), Progress.SILENT).resumedAt()).isEqualTo(10);
    assertThat(losses("disturbed")).isEqualTo(losses("undisturbed"));
    assertThat(savedModelHash("disturbed")).isEqualTo(savedModelHash("undisturbed"));
    assertThat(bucket.downloads()).containsExactlyInAnyOrderElementsOf(shards());
  }

  @Test
  void train_unavailableBucket_isRemoteAndContinuesLater() throws IOException {
    train(constant("undisturbed", TWO_AND_A_HALF_EPOCHS));
    String shard = validation.manifest().shards().get(1).name();
    bucket.beforeDownload(shard, DownloadBucket.unavailable());
    assertThatFailure(() -> trainRemote(remote("unavailable"), Progress.SILENT))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage("Cannot read the bucket: 503 Service Unavailable");
    bucket.repair();
    trainRemote(remote("unavailable"), Progress.SILENT);
    assertThat(savedModelHash("unavailable")).isEqualTo(savedModelHash("undisturbed"));
  }

  @Test
  void train_damagedShard_isRefusedByName() {
    Shard shard = data.manifest().shards().get(1);
    bucket.damage(
        shard.name(),
        content -> {
          content[100] ^= 1;
          return content;
        });
    assertThatFailure(() -> trainRemote(remote("damaged"), Progress.SILENT))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith("The shard gs://bucket/train/" + shard.name() + " is not the one");
  }

  @Test
  void train_cacheOfOneShard_isRefusedWithTheLeastThatIsNeeded() {
    ByteSize bound = new ByteSize(data.manifest().shards().get(0).bytes());
    TrainingSettings settings =
        TrainingSettings.DEFINITION
            .builder(remote("small"))
            .set(CacheSettings.CACHE, bound)
            .build();
    long all =
        Stream.of(data, validation)
            .flatMap(set -> set.manifest().shards().stream())
            .mapToLong(Shard::bytes)
            .sum();
    assertThatFailure(() -> trainRemote(settings, Progress.SILENT))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageEndingWith("Give a --cache of at least " + new ByteSize(all).roundedUp());
    assertThat(bucket.downloads()).isEmpty();
  }

  @Test
  void overfitOneBatch_dataInABucket_passes() {
    TrainingSettings settings =
        TrainingSettings.DEFINITION
            .builder(remote("overfit"))
            .set(TrainingSettings.STEPS, 300L)
            .build();
    OverfitResult result =
        new Trainer(bucket, Clock.systemUTC())
            .overfitOneBatch(settings, Progress.SILENT, notices::add, () -> false);
    assertThat(result.images()).isEqualTo(32);
    assertThat(bucket.downloads())
        .containsExactlyInAnyOrderElementsOf(
            data.manifest().shards().stream().map(Shard::name).toList());
  }

  @Test
  void benchmark_dataInABucket_leavesNothingBehind() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    List<Path> before = benchmarks(temporary);
    BenchmarkSettings settings =
        BenchmarkSettings.builder()
            .set(NetworkSettings.PRESET, "mini")
            .set(NetworkSettings.BATCH, 32)
            .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
            .set(BenchmarkSettings.STEPS, 2)
            .set(BenchmarkSettings.DATA, new Location("gs://bucket/train"))
            .build();
    assertThat(new TrainingBenchmark(bucket).run(settings, notices::add).seconds()).hasSize(2);
    assertThat(bucket.downloads()).hasSize(2);
    assertThat(benchmarks(temporary)).isEqualTo(before);
  }

  private static List<Path> benchmarks(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("alexnet-benchmark-"))
          .sorted()
          .toList();
    }
  }
}
