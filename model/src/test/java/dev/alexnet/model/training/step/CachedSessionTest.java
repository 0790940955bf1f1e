package dev.alexnet.model.training.step;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.DownloadBucket;
import dev.alexnet.model.testing.ManyShards;
import dev.alexnet.model.training.shards.ReadingOrder;
import dev.alexnet.model.training.shards.ShardCache;
import dev.alexnet.model.training.shards.ShardFiles;
import dev.alexnet.model.training.shards.ShardSource;
import dev.alexnet.model.training.shards.WindowSize;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Sessions that read from a bucket through a cache of three shards, and local ones. */
class CachedSessionTest {
  private static final int BATCH = 16;
  private static final int SHARDS = 6;
  private static final long RECORDS = 4300;
  private static final LearningRates RATES = new LearningRates(0.01, 0.02);

  @TempDir static Path directory;
  private static DownloadBucket bucket;
  private static Dataset local;
  private static Dataset remote;
  private static Dataset validation;
  private static long threeShards;

  @TempDir Path work;
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void writeData() {
    // The shuffle and all that TensorFlow reads ahead for the first batch take two shards.
    long[] records = new long[SHARDS];
    Arrays.fill(records, RECORDS);
    local = ManyShards.write(directory.resolve("data"), "train", records);
    ManyShards.write(directory.resolve("validation"), "validation", 10, 10, 10, 10);
    bucket = new DownloadBucket(directory);
    remote = Dataset.open(bucket, DownloadBucket.BUCKET.resolve("data"));
    validation = Dataset.open(bucket, DownloadBucket.BUCKET.resolve("validation"));
    threeShards =
        3 * local.manifest().shards().stream().mapToLong(Shard::bytes).max().orElseThrow();
  }

  private static TrainingSession session(Dataset data, ShardSource shards) {
    SessionPlan plan =
        new SessionPlan(
            Presets.mini(),
            CheckedExecution.of(Presets.mini(), 4, Placement.host(2)),
            UpdateRule.PUBLISHED,
            BATCH,
            1,
            true,
            step -> true);
    return new TrainingSession(plan, data, validation(data), shards, StallWatch.unlimited());
  }

  private static Dataset validation(Dataset data) {
    return data == remote
        ? validation
        : Dataset.open(bucket, Location.of(directory.resolve("validation")));
  }

  private ShardSource cache(long bound) {
    return ShardCache.open(
        bucket,
        work.resolve("shards"),
        new ByteSize(bound),
        List.of(remote, validation),
        StallWatch.unlimited(),
        notices::add);
  }

  private long cached() {
    try (Stream<Path> files = Files.walk(work.resolve("shards"))) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += sizeOf(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      // It has been given its name, or was deleted, since it was listed.
      return 0;
    }
  }

  /**
   * Trains at the start and the end of an epoch, over its end, and from the middle of another, with
   * validations between.
   */
  private static List<Object> trained(TrainingSession session, Runnable afterEach) {
    List<Object> results = new ArrayList<>();
    long epoch = session.stepsPerEpoch();
    session.variables().initialize();
    for (long start : new long[] {0, epoch - 3, epoch, epoch + epoch / 2}) {
      session.seek(start);
      for (long step = start; step < start + 3; step++) {
        results.add(session.step(step, RATES));
        afterEach.run();
      }
      results.add(session.validate(() -> false).orElseThrow());
      afterEach.run();
    }
    results.add(weights(session));
    return results;
  }

  private static Map<String, List<Float>> weights(TrainingSession session) {
    Map<String, List<Float>> weights = new LinkedHashMap<>();
    try (Snapshot snapshot = session.variables().snapshot()) {
      session
          .variables()
          .parameters()
          .forEach(parameter -> weights.put(parameter.name(), floats(snapshot, parameter.name())));
    }
    return weights;
  }

  private static List<Float> floats(Snapshot snapshot, String name) {
    TFloat32 value = snapshot.value(name);
    float[] floats = new float[(int) value.size()];
    value.copyTo(DataBuffers.of(FloatBuffer.wrap(floats)));
    List<Float> list = new ArrayList<>();
    for (float one : floats) {
      list.add(one);
    }
    return list;
  }

  @Test
  void step_cacheOfThreeShards_trainsToTheSameBitsWithinItsBound() {
    List<Object> expected;
    try (TrainingSession session = session(local, ShardSource.local())) {
      expected = trained(session, () -> {});
    }
    List<Long> sizes = new ArrayList<>();
    try (ShardSource shards = cache(threeShards);
        TrainingSession session = session(remote, shards)) {
      assertThat(trained(session, () -> sizes.add(cached()))).isEqualTo(expected);
    }
    assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(threeShards));
    assertThat(bucket.downloads()).hasSizeGreaterThan(2 * SHARDS);
    // At the end of an epoch, and in the middle of one.
    assertThat(notices)
        .hasSize(2)
        .allSatisfy(notice -> assertThat(notice).contains("The images of the others are decoded"));
  }

  @Test
  void nextImageIds_cacheOfThreeShards_areThoseOfTheWholeEpoch() {
    List<String> expected = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    try (TrainingSession session = session(local, ShardSource.local())) {
      readEpoch(session, expected);
    }
    try (ShardSource shards = cache(threeShards);
        TrainingSession session = session(remote, shards)) {
      readEpoch(session, ids);
    }
    assertThat(ids).isEqualTo(expected).hasSize((int) (SHARDS * RECORDS)).doesNotHaveDuplicates();
  }

  private static void readEpoch(TrainingSession session, List<String> ids) {
    session.seek(0);
    for (long step = 0; step < session.stepsPerEpoch(); step++) {
      ids.addAll(session.nextImageIds());
    }
  }

  @Test
  void new_cacheSmallerThanAWindow_isRefusedWithTheLeast() {
    try (ShardSource shards = cache(threeShards / 3)) {
      assertThatFailure(() -> session(remote, shards).close())
          .isOfKind(Failure.Kind.MISMATCH)
          .hasMessageContaining("is too small for gs://bucket/data and gs://bucket/validation")
          .hasMessageContaining("Give a --cache of at least");
    }
  }

  @Test
  void step_unavailableStorage_isRemoteInsteadOfAStallOrAMissingFile() {
    remote
        .manifest()
        .shards()
        .forEach(shard -> bucket.beforeDownload(shard.name(), DownloadBucket.unavailable()));
    try (ShardSource shards = cache(threeShards);
        TrainingSession session = session(remote, shards)) {
      session.variables().initialize();
      session.seek(0);
      assertThatFailure(() -> session.step(0, RATES))
          .isOfKind(Failure.Kind.REMOTE)
          .hasMessage("Cannot read the bucket: 503 Service Unavailable");
    } finally {
      bucket.repair();
    }
  }

  /** Without the wait, TensorFlow does not find a shard. */
  @Test
  void step_shardsThatNobodyAwaited_areNotFound() {
    try (ShardSource shards = cache(threeShards);
        TrainingSession session = session(remote, new Hasty(shards))) {
      session.variables().initialize();
      session.seek(0);
      assertThatThrownBy(() -> session.step(0, RATES))
          .isInstanceOf(TensorFlowException.class)
          .hasMessageContaining("No such file or directory");
    }
  }

  /** Does not wait. */
  private record Hasty(ShardSource source) implements ShardSource {
    @Override
    public ShardFiles of(Dataset dataset) {
      ShardFiles files = source.of(dataset);
      return new ShardFiles() {
        @Override
        public Dataset dataset() {
          return dataset;
        }

        @Override
        public Path path(Shard shard) {
          return files.path(shard);
        }

        @Override
        public int together(List<Shard> order, int wanted) {
          return wanted;
        }

        @Override
        public void begin(List<Shard> order, List<ReadingOrder> following) {}

        @Override
        public void await(int from, int to) {}

        @Override
        public List<Path> open() {
          return List.of();
        }

        @Override
        public void requirePresent() {}

        @Override
        public void requireIntact() {}
      };
    }

    @Override
    public void requireRoom(List<WindowSize> windows) {}

    @Override
    public void close() {}
  }
}
