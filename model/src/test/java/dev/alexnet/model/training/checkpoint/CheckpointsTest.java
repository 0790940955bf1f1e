package dev.alexnet.model.training.checkpoint;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.exceptions.TensorFlowException;

class CheckpointsTest {
  @TempDir Path directory;
  private LocalCheckpoints checkpoints;

  @BeforeEach
  void openThem() {
    checkpoints = new LocalCheckpoints(ObjectStores.standard(), directory);
  }

  private void write(long step) {
    write(CheckpointWriterTest.state(step));
  }

  private void write(CheckpointState state) {
    checkpoints.write(
        state,
        path -> {
          try {
            Files.writeString(path.resolveSibling("tensors.index"), "of step " + state.step());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void writeValidated(long step, String set, double error) {
    write(
        new CheckpointState(
            step,
            0,
            step,
            new LearningRates(0.01, 0.02),
            BatchResult.none(),
            PlateauState.NONE,
            error,
            Map.of("validation", set)));
  }

  private Optional<Long> newestStep() {
    return checkpoints
        .newest(
            skipped -> {
              throw new AssertionError(skipped);
            })
        .map(newest -> newest.state().step());
  }

  @Test
  void settlePending_completeOneOfAKilledRun_isRenamed() throws IOException {
    write(1);
    Path committed = directory.resolve("step-00000001");
    Files.move(committed, directory.resolve(".pending-step-00000001"));
    // The old directory of that name was being removed.
    Files.createDirectory(committed);
    checkpoints.settlePending();
    assertThat(newestStep()).contains(1L);
    assertThat(directory.resolve(".pending-step-00000001")).doesNotExist();
  }

  @Test
  void write_besideADirectoryOfTheUsers_leavesItAlone() throws IOException {
    write(1);
    Path kept = Files.createDirectory(directory.resolve("step-00000001-kept"));
    Files.copy(directory.resolve("step-00000001/COMMIT.json"), kept.resolve("COMMIT.json"));
    for (long step = 2; step <= 5; step++) {
      write(step);
    }
    assertThat(kept.resolve("COMMIT.json")).exists();
    assertThat(directory.resolve("step-00000001")).doesNotExist();
    assertThat(newestStep()).contains(5L);
  }

  @Test
  void write_afterTwoValidationSets_keepsTheBestOfEach() {
    writeValidated(1, "first", 0.1);
    writeValidated(2, "first", 0.2);
    writeValidated(3, "second", 0.6);
    writeValidated(4, "second", 0.5);
    for (long step = 5; step <= 7; step++) {
      write(step);
    }
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder(
            "step-00000001", "step-00000004", "step-00000005", "step-00000006", "step-00000007");
  }

  @Test
  void write_withDamagedLaterOnes_keepsItsOwnThree() throws IOException {
    for (long step = 4; step <= 6; step++) {
      writeValidated(step, "first", 0.1);
      Files.delete(directory.resolve("step-0000000" + step + "/tensors.index"));
    }
    for (long step = 1; step <= 4; step++) {
      writeValidated(step, "first", 0.5);
    }
    List<String> skipped = new ArrayList<>();
    assertThat(checkpoints.newest(skipped::add).orElseThrow().state().step()).isEqualTo(4);
    assertThat(skipped).hasSize(2);
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder(
            "step-00000002", "step-00000003", "step-00000004", "step-00000005", "step-00000006");
  }

  @Test
  void write_ontoAFullDisk_saysSoInOneLine() {
    TensorFlowException full =
        new TensorFlowException(
            "step/tensors.data; No space left on device\n\t [[{{node checkpoint/Save}}]]\nHint: …");
    assertThatFailure(
            () ->
                checkpoints.write(
                    CheckpointWriterTest.state(1),
                    path -> {
                      throw full;
                    }))
        .isOfKind(Failure.Kind.INPUT_OUTPUT)
        .hasMessage(
            "Cannot write the checkpoint "
                + directory.resolve("step-00000001")
                + ": step/tensors.data; No space left on device; the older ones are untouched");
  }

  @Test
  void validationSets_upToAStep_areThoseOfErrors() {
    writeValidated(1, "first", 0.1);
    write(2);
    writeValidated(3, "second", 0.5);
    assertThat(checkpoints.history().validationSets(2)).containsExactly("first");
    assertThat(checkpoints.history().validationSets(3))
        .containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void lowestError_ofAValidationSet_ignoresOtherSets() {
    writeValidated(1, "first", 0.1);
    writeValidated(2, "second", 0.5);
    assertThat(checkpoints.history().lowestError(2, "first")).isEqualTo(0.1);
    assertThat(checkpoints.history().lowestError(2, "second")).isEqualTo(0.5);
    assertThat(checkpoints.history().lowestError(1, "second")).isInfinite();
    assertThat(checkpoints.history().lowestError(2, "")).isInfinite();
  }

  @Test
  void newest_changedCommit_isTheOneBefore() throws IOException {
    write(1);
    write(2);
    Path commit = directory.resolve("step-00000002/COMMIT.json");
    Files.writeString(
        commit, Files.readString(commit).replace("\"stepInEpoch\" : 2", "\"stepInEpoch\" : 3"));
    List<String> skipped = new ArrayList<>();
    assertThat(checkpoints.newest(skipped::add).orElseThrow().state().step()).isEqualTo(1);
    assertThat(skipped)
        .containsExactly(
            "The checkpoint "
                + commit.getParent()
                + " is skipped: "
                + commit
                + " was changed after it was written: its sha256 does not match");
    assertThat(
            CheckpointInspection.of(ObjectStores.standard(), Location.of(commit.getParent()))
                .findings())
        .hasSize(1);
  }
}
