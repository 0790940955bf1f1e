package dev.alexnet.pipelines.augment;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.pipelines.fixture.WrittenOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** Augmentations into a directory that holds something. */
class AugmentRerunTest extends AugmentationTest {
  @Test
  void run_again_leavesTheDatasetAlone() throws IOException {
    augment("again", OPERATIONS, 1);
    Map<String, FileTime> before = times("again");
    AugmentResult result = augment("again", OPERATIONS, 1);
    assertThat(result.alreadyComplete()).isTrue();
    assertThat(times("again")).isEqualTo(before);
  }

  @Test
  void run_filesOfUnknownOrigin_isRefusedAndLeavesThem() throws IOException {
    Path file = Files.createDirectories(directory.resolve("foreign")).resolve("letter.txt");
    Files.writeString(file, "dear reader");

    assertThatFailure(() -> augment("foreign", OPERATIONS, 1))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            directory.resolve("foreign")
                + " is not empty (it holds letter.txt), and nothing shows that this command wrote"
                + " it. Choose another --output, or delete what is there.");
    assertThat(directory.resolve("foreign")).isDirectoryContaining(file::equals);
    assertThat(times("foreign")).hasSize(1);
  }

  @Test
  void run_shardDamagedAtEqualLength_writesThatOneAgain() throws IOException {
    augment("damaged", OPERATIONS, 1);
    Map<String, byte[]> expected = shards("damaged");
    String name = open("damaged").manifest().shards().get(1).name();
    byte[] changed = expected.get(name).clone();
    changed[changed.length / 2] ^= 4;
    Files.write(directory.resolve("damaged").resolve(name), changed);

    AugmentResult result = augment("damaged", OPERATIONS, 1);

    assertThat(result.alreadyComplete()).isFalse();
    assertThat(result.skippedShards()).isEqualTo(expected.size() - 1);
    assertThat(result.notices()).containsExactly("Rewriting missing or damaged files: " + name);
    assertThat(shards("damaged").get(name)).isEqualTo(expected.get(name));
  }

  @Test
  void run_unfinishedRunWithAnotherNumberOfCopies_isRefusedAndKeepsThem() throws IOException {
    augment("two", OPERATIONS, 1);
    Path begun = directory.resolve("two");
    Files.createDirectory(begun.resolve(".augment"));
    AugmentSettings three =
        AugmentSettings.builder()
            .set(AugmentSettings.DATA, data.location())
            .set(AugmentSettings.OUTPUT, Location.of(begun))
            .set(AugmentSettings.COPIES, 3)
            .set(AugmentSettings.OPERATIONS, OPERATIONS)
            .build();
    Files.delete(begun.resolve("dataset.json"));
    ShardAugmenter.outputOf(ObjectStores.standard(), data, three)
        .begin(Progress.SILENT, (dataset, damaged) -> {});
    Map<String, FileTime> before = times("two");
    AugmentSettings four =
        AugmentSettings.builder()
            .set(AugmentSettings.DATA, data.location())
            .set(AugmentSettings.OUTPUT, Location.of(begun))
            .set(AugmentSettings.COPIES, 4)
            .set(AugmentSettings.OPERATIONS, OPERATIONS)
            .build();

    assertThatFailure(
            () ->
                new AugmentPipeline(ObjectStores.standard())
                    .run(four, PipelineOptionsFactory.create(), Progress.SILENT))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            begun
                + " holds a complete or unfinished dataset that was made with copies '3'; now it"
                + " is '4'. Choose another --output, delete that directory, or run again with the"
                + " old value.");
    assertThat(times("two")).isEqualTo(before);
  }

  @Test
  void run_shardMissing_writesItAgain() throws IOException {
    augment("lost", OPERATIONS, 1);
    Map<String, byte[]> expected = shards("lost");
    String name = open("lost").manifest().shards().get(1).name();
    Files.delete(directory.resolve("lost").resolve(name));
    assertThat(augment("lost", OPERATIONS, 1).alreadyComplete()).isFalse();
    assertThat(Files.readAllBytes(directory.resolve("lost").resolve(name)))
        .isEqualTo(expected.get(name));
  }

  @Test
  void run_afterAKill_skipsTheShardsThatWereFinished() throws IOException {
    augment("undisturbed", OPERATIONS, 1);
    Path killed = directory.resolve("killed");
    Path reference = directory.resolve("undisturbed");
    String name = open("undisturbed").manifest().shards().get(2).name();
    AugmentSettings settings =
        AugmentSettings.builder()
            .set(AugmentSettings.DATA, data.location())
            .set(AugmentSettings.OUTPUT, Location.of(killed))
            .set(AugmentSettings.COPIES, 3)
            .set(AugmentSettings.OPERATIONS, OPERATIONS)
            .build();
    ShardAugmenter.outputOf(ObjectStores.standard(), data, settings)
        .begin(Progress.SILENT, (dataset, damaged) -> {});
    Files.copy(reference.resolve(name), killed.resolve(name));
    Files.write(killed.resolve(".augment").resolve(name + ".json"), sidecar(name));
    assertThat(augment("killed", OPERATIONS, 1).skippedShards()).isEqualTo(1);
    for (String shard : shards("undisturbed").keySet()) {
      assertThat(Files.readAllBytes(killed.resolve(shard)))
          .isEqualTo(Files.readAllBytes(reference.resolve(shard)));
    }
  }

  private static byte[] sidecar(String name) {
    AugmentSettings settings =
        AugmentSettings.builder()
            .set(AugmentSettings.DATA, data.location())
            .set(AugmentSettings.OUTPUT, Location.of(directory.resolve("killed")))
            .set(AugmentSettings.COPIES, 3)
            .set(AugmentSettings.OPERATIONS, OPERATIONS)
            .build();
    Shard shard =
        open("undisturbed").manifest().shards().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    return Json.document(new AugmentedShard(AugmentPipeline.plan(data, settings), 2, shard, false));
  }

  @Test
  void run_withOtherSettingsIntoADataset_isRefused() {
    augment("refused", OPERATIONS, 1);
    assertThatFailure(() -> augment("refused", OPERATIONS, 2)).isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }

  @Test
  void run_intoItsOwnData_isRefusedAndSaysSo() {
    assertThatFailure(() -> augment("data/../data", OPERATIONS, 1))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "--output %s is the same directory as --data, which is never overwritten; choose another"
                + " --output",
            directory.resolve("data/../data"));
  }

  @Test
  void run_intoADatasetOfAnotherCommand_isRefusedAndSaysSo() {
    DatasetFixture.write(directory.resolve("converted"), "train", 56, 1, 2);

    assertThatFailure(() -> augment("converted", OPERATIONS, 1))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "%s holds a complete or unfinished dataset that another command or version made; choose another --output",
            directory.resolve("converted"));
  }

  @Test
  void run_ofACropLargerThanTheImages_isRefused() {
    assertThatFailure(() -> augment("larger", "random_crop(57)", 1))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("56 pixels wide");
    assertThat(directory.resolve("larger")).doesNotExist();
  }

  @Test
  void run_whileAnotherRunHoldsTheOutput_isRefused() {
    Location held = Location.of(directory.resolve("held"));

    assertThatThrownBy(
            () ->
                DirectoryLock.holding(
                    ObjectStores.standard(),
                    held,
                    notice -> {},
                    store -> augment("held", OPERATIONS, 1)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Another run is working in " + held);
    assertThat(Dataset.isAt(ObjectStores.standard(), held)).isFalse();
  }

  private static Map<String, FileTime> times(String output) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(output))) {
      for (Path file : files.toList()) {
        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void isIntact_ofAnAugmentedDataset_verifiesEachFile() throws IOException {
    augment("verified", OPERATIONS, 7);

    WrittenOutput.assertEachFileIsVerified(
        directory.resolve("verified"),
        Dataset.MANIFEST,
        new AugmentPipeline(ObjectStores.standard())::isIntact,
        Dataset.MEAN_PICTURE);
  }
}
