package dev.alexnet.pipelines.convert;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.source.ClassOrder;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import dev.alexnet.pipelines.source.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Conversions that resume after one that was killed. */
class ConvertResumeTest extends ConversionTest {
  private static final ShardWriter.Listener SILENT =
      new ShardWriter.Listener() {
        @Override
        public void done(long pictures) {}

        @Override
        public void rejected() {}

        @Override
        public void skipped() {}
      };

  /** Leaves the state of a run that was killed. */
  private void writeShards(ConvertSettings settings, int shards) {
    PictureSource source =
        PictureSource.find(
            store,
            new SourceSettings(
                settings.input(),
                settings.split(),
                InputLayout.AUTO,
                null,
                "all",
                ClassOrder.AUTO));
    ConvertPlan plan = ConvertPlan.of(store, settings, source);
    Map<Integer, List<PictureReference>> references = new TreeMap<>();
    for (SourcePart part : source.parts()) {
      part.index(
          store,
          new SourcePart.Listener() {
            @Override
            public void picture(PictureReference reference) {
              int shard = plan.order().shard(reference.id(), settings.shards());
              references.computeIfAbsent(shard, s -> new ArrayList<>()).add(reference);
            }

            @Override
            public void read(CheckedRange range) {
              throw new AssertionError(range);
            }

            @Override
            public void rejected(Rejection rejection) {
              throw new AssertionError(rejection);
            }

            @Override
            public void ignored(String name) {
              throw new AssertionError(name);
            }
          });
    }
    ConvertedShards.outputOf(store, plan).begin(Progress.SILENT, (dataset, damaged) -> {});
    try (ShardWriter writer = new ShardWriter(plan, store)) {
      for (int shard = 0; shard < shards; shard++) {
        writer.write(
            Shard.name(settings.split().title(), shard, settings.shards()),
            references.getOrDefault(shard, List.of()),
            SILENT);
      }
    }
  }

  @Test
  void run_afterARunThatWasKilledAtItsStart_converts() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    Files.createDirectories(output.resolve(".convert"));
    Files.writeString(output.resolve(".convert/.pending-4711"), "half a plan");

    assertThat(run(settings("train", 1, 7, 0, 0)).records()).isEqualTo(3);
    assertThat(output.resolve(".convert")).doesNotExist();
  }

  @Test
  void run_afterAKilledRunWhosePicturesWereReplaced_isRefusedAndNamesThem() throws Exception {
    for (int number = 1; number <= 6; number++) {
      Files.createDirectories(input.resolve("cat"));
      Files.write(input.resolve("cat/" + number + ".jpg"), picture(number));
    }
    ConvertSettings settings = settings("train", 2, 7, 0, 0);
    writeShards(settings, 1);
    // A copy is the same.
    for (int number = 1; number <= 6; number++) {
      Files.setLastModifiedTime(
          input.resolve("cat/" + number + ".jpg"), FileTime.fromMillis(1_800_000_000_000L));
    }
    assertResult(run(settings), 6, 0, 2, 1, false, 1);
    store.deleteDirectory(Location.of(output));
    writeShards(settings, 1);
    for (int number = 1; number <= 6; number++) {
      Files.write(input.resolve("cat/" + number + ".jpg"), picture(number + 100));
    }

    assertThatFailure(() -> run(settings))
        .isOfKind(Kind.OUTPUT_EXISTS)
        .hasMessageMatching(
            "\\Q%s\\E holds an unfinished dataset; \\d pictures were replaced by others of the same length, first cat/\\d.jpg \\(shard train-00000-of-00002.tfrecord, input \\Q%s\\E\\). Delete that directory, or choose another --output"
                .formatted(output, input));
  }

  /** All have the same length: what follows the end of a picture is ignored. */
  private static byte[] picture(long seed) {
    return Arrays.copyOf(Drawing.jpeg(60, 60, seed), 20_000);
  }

  @Test
  void run_afterAKilledRun_continuesToTheSameBytes() throws Exception {
    Archives.writeTrain(input, Archives.pictures(6));
    Archives.writeDevkit(input, List.of());
    ConvertSettings settings = settings("train", 4, 7, 0, 0);
    run(settings);
    Map<String, String> uninterrupted = contentOf(output);
    store.deleteDirectory(Location.of(output));
    writeShards(settings, 3);
    Path damaged = output.resolve("train-00001-of-00004.tfrecord");
    byte[] content = Files.readAllBytes(damaged);
    content[content.length - 20] ^= 1;
    Files.write(damaged, content);
    Files.delete(output.resolve(".convert/train-00002-of-00004.tfrecord.json"));

    ConvertResult result = run(settings);

    assertResult(result, 18, 0, 4, 1, false, 3);
    assertThat(contentOf(output)).isEqualTo(uninterrupted);
  }

  @Test
  void run_afterAKilledRun_continuesWhereInputAndOutputWereMovedTo() throws Exception {
    Map<String, String> uninterrupted = converted(4, 4);
    store.deleteDirectory(Location.of(output));
    writeShards(settings("train", 4, 7, 0, 0), 2);
    input = Files.move(input, directory.resolve("other"));
    output = Files.move(output, directory.resolve("elsewhere"));

    assertThat(run(settings("train", 4, 7, 0, 0)).skippedShards()).isEqualTo(2);

    Map<String, String> moved = contentOf(output);
    assertThat(moved.keySet()).isEqualTo(uninterrupted.keySet());
    for (int shard = 0; shard < 4; shard++) {
      String name = Shard.name("train", shard, 4);
      assertThat(moved.get(name)).isEqualTo(uninterrupted.get(name));
    }
    input = directory.resolve("x/../other");
    Files.createDirectory(directory.resolve("x"));
    assertThat(run(settings("train", 4, 7, 0, 0)).alreadyComplete()).isTrue();
  }

  @Test
  void run_afterAKilledRunOfAnotherSeed_isRefused() throws Exception {
    Archives.writeTrain(input, Archives.pictures(2));
    Archives.writeDevkit(input, List.of());
    writeShards(settings("train", 4, 7, 0, 0), 1);

    assertThat(failureOf(settings("train", 4, 8, 0, 0)).kind()).isEqualTo(Kind.OUTPUT_EXISTS);
  }

  @Test
  void run_strangeShardBesideAnUnfinishedDataset_isRefusedBeforeAShardIsWritten() throws Exception {
    Archives.writeFolders(input, Archives.pictures(3));
    ConvertSettings settings = settings("train", 2, 7, 0, 0);
    run(settings);
    Files.delete(output.resolve("train-00000-of-00002.tfrecord"));
    writeShards(settings, 0);
    Files.createFile(output.resolve("train-00009-of-00010.tfrecord"));

    Failure failure = failureOf(settings);

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure)
        .hasMessage(
            output
                + " holds files that are not shards of this dataset of 2 shards:"
                + " train-00009-of-00010.tfrecord. Remove them and run the command again");
    assertThat(output.resolve("train-00000-of-00002.tfrecord")).doesNotExist();
  }
}
