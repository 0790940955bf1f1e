package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.ops.cli.TypedLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages and exit codes of {@code train} for input that it cannot use. */
class TrainCommandTest {
  private static final String TENSORS = "tensors.data-00000-of-00001";

  @TempDir static Path directory;

  @BeforeAll
  static void writeData() {
    DatasetFixture.write(directory.resolve("data"), "train", 56, 4, 32);
  }

  private static TypedLine train(String data, String workdir, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + directory.resolve(data),
                "--workdir=" + directory.resolve(workdir),
                "--preset=mini",
                "--checkpoint-steps=10"));
    line.addAll(List.of(more));
    if (line.stream().noneMatch(option -> option.startsWith("--schedule="))) {
      line.add("--schedule=constant");
    }
    return TypedLine.enter(line.toArray(String[]::new));
  }

  private static void assertFailure(TypedLine typed, int exitCode, String... parts) {
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(exitCode);
    assertThat(typed.err()).contains("alexnet: ").contains(parts).doesNotContain("\tat ");
  }

  @Test
  void train_ifTheNewestCheckpointsAreDamaged_saysWhichAndWhyAndEndsTheSame() throws IOException {
    TypedLine first = train("data", "damaged", "--steps=30", "--batch=8");
    assertThat(first.exitCode()).as(first.err()).isZero();
    Path checkpoints = directory.resolve("damaged/checkpoints");
    byte[] undisturbed = Files.readAllBytes(checkpoints.resolve("step-00000030/" + TENSORS));
    byte[] model = Files.readAllBytes(directory.resolve("damaged/model/saved_model.pb"));
    Files.delete(directory.resolve("damaged/model/model.json"));
    Path truncated = checkpoints.resolve("step-00000030/" + TENSORS);
    try (FileChannel channel = FileChannel.open(truncated, StandardOpenOption.WRITE)) {
      channel.truncate(1000);
    }
    Path flipped = checkpoints.resolve("step-00000020/" + TENSORS);
    byte[] bytes = Files.readAllBytes(flipped);
    bytes[bytes.length / 2] ^= 1;
    Files.write(flipped, bytes);

    TypedLine resumed = train("data", "damaged", "--steps=30", "--batch=8");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains(
            truncated.getParent()
                + " is skipped: "
                + TENSORS
                + " has 1000 bytes and not the "
                + undisturbed.length
                + " that were written")
        .contains(
            flipped.getParent() + " is skipped: " + TENSORS + " was changed after it was written")
        .contains("Continuing at step 10 of 30");
    assertThat(truncated).hasBinaryContent(undisturbed);
    assertThat(directory.resolve("damaged/model/saved_model.pb")).hasBinaryContent(model);
  }

  @Test
  void train_resumedWithOtherDataAndSeed_namesBoth() throws IOException {
    DatasetFixture.write(directory.resolve("other"), "train", 56, 4, 24);
    TypedLine first = train("data", "resumed", "--steps=1", "--batch=8");
    assertThat(first.exitCode()).as(first.err()).isZero();
    Files.delete(directory.resolve("resumed/model/model.json"));

    TypedLine refused = train("other", "resumed", "--steps=1", "--batch=8", "--seed=2");

    assertFailure(refused, 78, "step-00000001 was made with other settings: ");
    assertThat(refused.err())
        .containsPattern("dataset was [0-9a-f]{64} and is [0-9a-f]{64}; seed was 1 and is 2\\.");
  }

  @Test
  void train_ofAFinishedTraining_saysThatItIsCompleteOrExportsADamagedModelAgain()
      throws IOException {
    Path failed = Files.createDirectory(directory.resolve("finished")).resolve("failed-batch.txt");
    Files.writeString(failed, "an image of a run that failed");
    TypedLine first = train("data", "finished", "--steps=2", "--batch=8");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(failed).doesNotExist();
    TypedLine again = train("data", "finished", "--steps=2", "--batch=8");
    assertThat(again.exitCode()).as(again.err()).isZero();
    String model = "model of 2 steps at " + directory.resolve("finished/model");
    assertThat(again.out()).isEqualTo("already complete: " + model + "\n");

    Path saved = directory.resolve("finished/model/saved_model.pb");
    byte[] sound = Files.readAllBytes(saved);
    byte[] damaged = sound.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(saved, damaged);
    TypedLine mended = train("data", "finished", "--steps=2", "--batch=8");
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(mended.err())
        .contains("is damaged; it will be exported again from its last checkpoint");
    assertThat(mended.out()).isEqualTo(model + ", 0 images/s\n");
    assertThat(saved).hasBinaryContent(sound);
  }

  @Test
  void train_ifTheRatesFollowAnotherValidationSet_isRefused() {
    DatasetFixture.write(directory.resolve("held-out"), "validation", 56, 4, 8);
    DatasetFixture.write(directory.resolve("others"), "validation", 56, 4, 12);
    String[] plateau = {"--steps=2", "--batch=8", "--schedule=plateau"};
    TypedLine first = train("data", "plateau", with(plateau, "held-out"));
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(train("data", "plateau", with(plateau, "held-out")).exitCode()).isZero();
    TypedLine refused = train("data", "plateau", with(plateau, "others"));
    assertFailure(refused, 73, "was made with other settings: validation was ");
  }

  private static String[] with(String[] options, String validation) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--validation=" + directory.resolve(validation);
    return all;
  }

  @Test
  void train_withAWarmUpLongerThanTheTraining_isRefusedBeforeAnythingIsWritten() {
    assertFailure(
        train("data", "warming", "--steps=7", "--batch=8", "--warm-up=2"),
        64,
        "The warm-up takes 8 steps, at 4 per epoch, but the training has only 7");
    assertThat(directory.resolve("warming/checkpoints")).doesNotExist();
  }

  @Test
  void train_ifMoreGpusAreRequiredThanThereAre_isRefused() {
    assertFailure(
        train("data", "gpus", "--steps=1", "--batch=8", "--require-gpus=64"),
        80,
        "64 GPUs are required, but TensorFlow sees");
  }

  /** The memory is checked before anything is read: the images exist in the manifest only. */
  @Test
  void train_ofABatchLargerThanTheMemory_saysWhichWouldFit() throws IOException {
    DatasetFixture.write(directory.resolve("many"), "train", 56, 4, 32);
    Path manifest = directory.resolve("many/dataset.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceAll("\"records\" : (\\d+)", "\"records\" : $10000000"));
    TypedLine refused = train("many", "memory", "--steps=1", "--batch=100000000");
    assertFailure(
        refused,
        78,
        "A batch of 100000000 does not fit this machine's ",
        "Give a --batch of at most");
  }

  @Test
  void train_onADatasetWithoutImages_isRefused() {
    DatasetFixture.writeEmpty(directory.resolve("empty"), "train", 56, 4);
    assertFailure(
        train("empty", "nothing", "--steps=1"), 65, directory.resolve("empty") + " has no images");
  }
}
