package dev.alexnet.pipelines.synth;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.WrittenOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticImageNetTest {
  @TempDir Path temporary;

  @Test
  void write_sameSeed_givesSameBytes() throws IOException {
    Archives first = Archives.write(temporary.resolve("first"), 3, 4, 2, 7);
    Archives second = Archives.write(temporary.resolve("second"), 3, 4, 2, 7);

    for (String name :
        List.of(Archives.TRAIN, Archives.VALIDATION, Archives.DEVKIT, Archives.RECORD)) {
      assertThat(second.bytes(name)).as(name).isEqualTo(first.bytes(name));
    }
  }

  @Test
  void write_otherSeed_givesOtherPictures() throws IOException {
    Archives first = Archives.write(temporary.resolve("first"), 2, 2, 2, 7);
    Archives second = Archives.write(temporary.resolve("second"), 2, 2, 2, 8);

    assertThat(second.train("n96180339").values())
        .doesNotContainAnyElementsOf(first.train("n96180339").values());
    assertThat(second.validation().values())
        .doesNotContainAnyElementsOf(first.validation().values());
  }

  @Test
  void write_newDirectory_holdsArchivesAndRecordAlone() throws IOException {
    Path output = temporary.resolve("deep/output");
    Archives.write(output, 2, 1, 1, 7);

    assertThat(names(output))
        .containsExactlyInAnyOrder(
            Archives.TRAIN, Archives.VALIDATION, Archives.DEVKIT, Archives.RECORD);
    ObjectStore store = ObjectStores.standard();
    Location there = Location.of(output);
    assertThat(output.resolve(Archives.RECORD))
        .hasContent(
            """
            {
              "version" : 1,
              "classes" : 2,
              "trainPerClass" : 1,
              "valPerClass" : 1,
              "seed" : 7,
              "crc32c" : {
                "ILSVRC2012_devkit_t12.tar.gz" : %d,
                "ILSVRC2012_img_train.tar" : %d,
                "ILSVRC2012_img_val.tar" : %d
              }
            }
            """
                .formatted(
                    store.crc32c(there.resolve(Archives.DEVKIT)),
                    store.crc32c(there.resolve(Archives.TRAIN)),
                    store.crc32c(there.resolve(Archives.VALIDATION))));
  }

  @Test
  void write_progress_countsEveryPictureOnce() {
    List<String> heard = new ArrayList<>();
    Archives.write(
        Archives.settings(temporary, 2, 2, 1, 7),
        (done, total, unit, details) -> heard.add(done + "/" + total + " " + unit + details));

    assertThat(heard)
        .containsExactly(
            "1/6 images", "2/6 images", "3/6 images", "4/6 images", "5/6 images", "6/6 images");
  }

  @Test
  void write_completeOutputOfSameSettings_leavesItAsItIs() throws IOException {
    Archives.write(temporary, 2, 2, 1, 7);
    FileTime past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(temporary.resolve(Archives.TRAIN), past);
    List<String> heard = new ArrayList<>();

    Archives.write(
        Archives.settings(temporary, 2, 2, 1, 7),
        (done, total, unit, details) -> heard.add(done + "/" + total + " " + details));

    assertThat(Files.getLastModifiedTime(temporary.resolve(Archives.TRAIN))).isEqualTo(past);
    assertThat(heard).containsExactly("6/6 already there");
  }

  @Test
  void write_archiveThatWasDamagedSince_writesItAgain() throws IOException {
    Archives archives = Archives.write(temporary, 2, 2, 1, 7);
    byte[] before = archives.bytes(Archives.VALIDATION);
    byte[] damaged = before.clone();
    damaged[600] ^= 1;
    Files.write(temporary.resolve(Archives.VALIDATION), damaged);

    Archives.write(temporary, 2, 2, 1, 7);

    assertThat(archives.bytes(Archives.VALIDATION)).isEqualTo(before);
  }

  @Test
  void write_directoryWithForeignFiles_isRefusedAndKept() throws IOException {
    Files.writeString(temporary.resolve("thesis.txt"), "mine");

    assertThatFailure(() -> Archives.write(temporary, 2, 2, 1, 7))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Cannot write a synthetic ImageNet to "
                + temporary
                + ": it holds thesis.txt without synth.json, so another program may have written"
                + " it. Choose"
                + " another --output, or delete what is there");
    assertThat(names(temporary)).containsExactly("thesis.txt");
  }

  @Test
  void write_outputOfOtherSettings_isRefusedAndKept() throws IOException {
    byte[] before = Archives.write(temporary, 2, 2, 1, 7).bytes(Archives.TRAIN);

    assertThatFailure(() -> Archives.write(temporary, 2, 2, 1, 8))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Cannot write a synthetic ImageNet to "
                + temporary
                + ": it holds 2 classes with 2 training and 1 validation picture each, seed 7,"
                + " drawing version 1, not 2 classes with 2 training and 1 validation picture"
                + " each, seed 8, drawing version 1. Choose another --output, or delete what is"
                + " there");
    assertThat(new Archives(temporary).bytes(Archives.TRAIN)).isEqualTo(before);
  }

  @Test
  void write_archiveWithoutRecord_isRefusedAndKept() throws IOException {
    Files.writeString(temporary.resolve(Archives.VALIDATION), "the real one");

    assertThatFailure(() -> Archives.write(temporary, 2, 2, 1, 7))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Cannot write a synthetic ImageNet to "
                + temporary
                + ": it holds ILSVRC2012_img_val.tar without synth.json, so another program may"
                + " have written it. Choose another --output, or delete what is there");
    assertThat(temporary.resolve(Archives.VALIDATION)).hasContent("the real one");
  }

  @Test
  void write_recordWithoutAnArchive_writesItAgain() throws IOException {
    Archives archives = Archives.write(temporary, 2, 2, 1, 7);
    byte[] before = archives.bytes(Archives.TRAIN);
    Files.delete(temporary.resolve(Archives.TRAIN));

    Archives.write(temporary, 2, 2, 1, 7);

    assertThat(archives.bytes(Archives.TRAIN)).isEqualTo(before);
  }

  @Test
  void write_recordThatIsNotARecord_isRefused() throws IOException {
    Files.writeString(temporary.resolve(Archives.RECORD), "{}x");

    assertThatFailure(() -> Archives.write(temporary, 2, 2, 1, 7))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(temporary.resolve(Archives.RECORD).toString());
  }

  @Test
  void write_stoppedHalfway_leavesNoArchiveAndCanRunAgain() throws IOException {
    SynthSettings settings = Archives.settings(temporary, 3, 4, 2, 7);
    Progress stopsInValidation =
        (done, total, unit, details) -> {
          if (done == 15) {
            throw new IllegalStateException("stopped");
          }
        };

    assertThatThrownBy(() -> Archives.write(settings, stopsInValidation)).hasMessage("stopped");
    assertThat(names(temporary)).containsExactly(Archives.RECORD);

    Archives.write(settings, Progress.SILENT);
    assertThat(new Archives(temporary).validation()).hasSize(6);
  }

  @Test
  void write_interruptedThread_endsAsInterrupted() throws IOException {
    SynthSettings settings = Archives.settings(temporary, 2, 2, 1, 7);
    Progress interrupts = (done, total, unit, details) -> Thread.currentThread().interrupt();

    assertThatFailure(() -> Archives.write(settings, interrupts))
        .isOfKind(Failure.Kind.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names(temporary)).containsExactly(Archives.RECORD);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void isIntact_ofArchives_verifiesEach() throws IOException {
    Path output = temporary.resolve("verified");
    Archives.write(output, 2, 1, 1, 7);

    WrittenOutput.assertEachFileIsVerified(
        output, Archives.RECORD, new SyntheticImageNet(ObjectStores.standard())::isIntact);
  }
}
