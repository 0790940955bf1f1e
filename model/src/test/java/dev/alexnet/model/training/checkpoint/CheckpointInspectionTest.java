package dev.alexnet.model.training.checkpoint;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointInspectionTest {
  @TempDir Path directory;

  private final ObjectStore store = ObjectStores.standard();
  private Path checkpoint;

  @BeforeEach
  void writeCheckpoint() {
    new LocalCheckpoints(store, directory)
        .write(
            new CheckpointState(
                12,
                2,
                4,
                new LearningRates(0.01, 0.02),
                BatchResult.none(),
                PlateauState.NONE,
                null,
                Map.of("seed", "1")),
            path -> {
              try {
                Files.write(path.resolveSibling("tensors.data-00000-of-00001"), new byte[100]);
                Files.write(path.resolveSibling("tensors.index"), new byte[] {1, 2, 3});
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    checkpoint = directory.resolve("step-00000012");
  }

  private CheckpointInspection inspect() {
    return CheckpointInspection.of(store, Location.of(checkpoint));
  }

  @Test
  void of_soundCheckpoint_saysWhatItHolds() {
    CheckpointInspection inspection = inspect();

    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.step()).isEqualTo(12);
    assertThat(inspection.epoch()).isEqualTo(2);
    assertThat(inspection.stepInEpoch()).isEqualTo(4);
    assertThat(inspection.weightRate()).isEqualTo(0.01);
    assertThat(inspection.biasRate()).isEqualTo(0.02);
    assertThat(inspection.bytes()).isEqualTo(103);
    assertThat(inspection.settings()).containsExactly(Map.entry("seed", "1"));
    assertThat(CheckpointInspection.under(store, Location.of(directory)))
        .containsExactly(Location.of(checkpoint));
    assertThat(CheckpointInspection.isAt(store, Location.of(checkpoint))).isTrue();
    assertThat(CheckpointInspection.isAt(store, Location.of(directory))).isFalse();
  }

  @Test
  void of_damagedFiles_findsEach() throws IOException {
    byte[] changed = new byte[100];
    changed[99] = 1;
    Files.write(checkpoint.resolve("tensors.data-00000-of-00001"), changed);
    Files.write(checkpoint.resolve("tensors.index"), new byte[2]);
    Files.createFile(checkpoint.resolve("notes"));

    assertThat(inspect().findings())
        .extracting(Finding::file, Finding::problem)
        .containsExactly(
            tuple(
                checkpoint + "/tensors.data-00000-of-00001",
                "its SHA-256 is not the one in the commit; training skips it"),
            tuple(checkpoint + "/tensors.index", "it has 2 bytes; the commit says 3"),
            tuple(checkpoint + "/notes", "it is not a file of this checkpoint; remove it"));

    Files.delete(checkpoint.resolve("tensors.index"));
    assertThat(inspect().findings().get(1).problem())
        .isEqualTo("it is missing; training skips the checkpoint");
  }

  @Test
  void newest_commitOfAnotherVersion_isRefusedAndNotSkipped() throws IOException {
    Path commit = checkpoint.resolve("COMMIT.json");
    Files.writeString(
        commit, Files.readString(commit).replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 3"));
    String problem =
        "was written by a newer version of this program: its schemaVersion is 3; this program reads"
            + " 2. Use the version that wrote it, or delete the checkpoint, or train into another"
            + " --workdir";

    assertThatFailure(() -> new LocalCheckpoints(store, directory).newest(skipped -> {}))
        .hasMessage(commit + " " + problem);
    assertThat(inspect().findings()).extracting(Finding::problem).containsExactly("it " + problem);
  }

  @Test
  void of_noOrBrokenCommit_isOneFinding() throws IOException {
    Path commit = checkpoint.resolve("COMMIT.json");
    Files.writeString(commit, "{");
    assertThat(inspect().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.file()).isEqualTo(commit.toString());
              assertThat(finding.problem())
                  .startsWith("it is not what was expected: ")
                  .endsWith("; training skips the checkpoint");
            });

    Files.delete(commit);
    assertThat(inspect().findings())
        .extracting(Finding::problem)
        .containsExactly("it is missing, so the checkpoint was not finished; training skips it");
    assertThat(inspect().step()).isZero();
  }
}
