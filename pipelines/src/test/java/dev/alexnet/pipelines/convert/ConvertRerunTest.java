package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.source.ClassOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Conversions into a directory that holds a complete dataset, sound or damaged. */
class ConvertRerunTest extends ConversionTest {
  @Test
  void run_completeDataset_isLeftAlone() throws Exception {
    converted(3, 2);
    FileTime past = FileTime.fromMillis(1_000_000);
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, past);
      }
    }
    Map<String, String> before = contentOf(output);

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertResult(result, 9, 0, 2, 2, true, 3);
    assertThat(contentOf(output)).isEqualTo(before);
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        assertThat(Files.getLastModifiedTime(file)).as("%s", file).isEqualTo(past);
      }
    }
  }

  @Test
  void run_completeDatasetThatMayNotBeWrittenTo_isLeftAlone() throws Exception {
    converted(1, 1);
    Files.delete(output.resolve(".lock"));

    assertResult(run(settings("train", 1, 7, 0, 0)), 3, 0, 1, 1, true, 3);

    // Root may write everywhere; that nothing is written is checked below as well.
    assertThat(output.resolve(".lock")).doesNotExist();
  }

  @Test
  void run_completeDatasetThatLostAShard_writesItAgain() throws Exception {
    Map<String, String> before = converted(3, 2);
    Files.delete(output.resolve("train-00001-of-00002.tfrecord"));

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertThat(result.alreadyComplete()).isFalse();
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_completeDatasetWithAFlippedBit_writesItAgainAndSaysSo() throws Exception {
    Map<String, String> before = converted(3, 2);
    Path shard = output.resolve("train-00001-of-00002.tfrecord");
    byte[] content = Files.readAllBytes(shard);
    content[content.length / 2] ^= 1;
    Files.write(shard, content);

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertThat(result.alreadyComplete()).isFalse();
    assertThat(result.notices())
        .containsExactly("Rewriting missing or damaged files: train-00001-of-00002.tfrecord");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_completeDatasetWhoseStatisticsAreDamaged_writesThemAgain() throws Exception {
    Archives.writeTrain(input, Archives.pictures(3));
    Archives.writeDevkit(input, List.of());
    run(settings("train", 2, 7, 0, 0));
    Map<String, String> before = contentOf(output);
    Files.writeString(output.resolve("statistics.json"), "{}");

    assertThat(run(settings("train", 2, 7, 0, 0)).alreadyComplete()).isFalse();
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_completeDatasetWithHalfAManifest_saysWhatToDeleteAndChangesNothing() throws Exception {
    converted(1, 1);
    Path manifest = output.resolve("dataset.json");
    Files.writeString(manifest, Files.readString(manifest).substring(0, 300));
    Map<String, String> before = contentOf(output);

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageStartingWith(
            "%s cannot be read, so it is unknown how %s was made. If this command made it, delete"
                    .formatted(manifest, output)
                + " that directory and run the command again; otherwise choose another --output. ");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_completeDatasetOfPicturesThatChanged_isRefused() throws Exception {
    converted(2, 2);
    Files.write(input.resolve("n01440764/n01440764_1.JPEG"), Drawing.jpeg(60, 60, 99));

    Failure failure = failureOf(settings("train", 2, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure)
        .hasMessage(
            "%s was made from other pictures than %s has now: 1 picture has another length, first n01440764_1.JPEG. Choose another directory for the new pictures, or delete this one and what was made from it"
                .formatted(output, input));
  }

  @Test
  void run_completeDatasetAfterPicturesCameAndWent_saysHowManyAndNamesTheFirst() throws Exception {
    converted(3, 2);
    Path folder = input.resolve("n01440764");
    Files.write(folder.resolve("new_1.JPEG"), Drawing.jpeg(60, 60, 99));
    Files.write(folder.resolve("new_2.JPEG"), Drawing.jpeg(60, 60, 98));
    Files.delete(folder.resolve("n01440764_1.JPEG"));
    Map<String, String> before = contentOf(output);

    assertThat(failureOf(settings("train", 2, 7, 0, 0)))
        .hasMessageContaining(
            " has now: 2 pictures are new, first n01440764/new_1.JPEG; 1 picture is gone, first n01440764_1.JPEG. ");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_otherSettings_isRefused() throws Exception {
    Map<String, String> before = converted(2, 2);

    Failure failure = failureOf(settings("train", 2, 8, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure)
        .hasMessage(
            output
                + " holds a complete or unfinished dataset that was made with seed '7'; now it"
                + " is '8'. Choose another --output, delete that directory, or run again with the"
                + " old value.");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_strangeShardBesideADamagedDataset_isRefusedBeforeAnythingIsWritten() throws Exception {
    converted(3, 2);
    Files.delete(output.resolve("train-00000-of-00002.tfrecord"));
    Path strange = Files.createFile(output.resolve("train-00009-of-00010.tfrecord"));
    Map<String, String> before = contentOf(output);

    Failure failure = failureOf(settings("train", 2, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessage(strange + " is not a shard of this dataset; remove it");
    before.put(".lock", "");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_overADatasetInTheOrderOfText_isRefusedWithTheDifference() throws Exception {
    for (int label = 0; label <= 11; label++) {
      Archives.writeFolders(
          input, Map.of(String.valueOf(label), Map.of("1.jpg", Drawing.jpeg(40, 40, label))));
    }
    ConvertSettings byNumber = settings("train", 1, 7, 0, 0);
    ConvertSettings byText = withClassOrder(byNumber, ClassOrder.TEXT);
    run(byText);
    Map<String, String> before = contentOf(output);

    Failure failure = failureOf(byNumber);

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure)
        .hasMessage(
            output
                + " holds a dataset of the same 12 classes, but in another order; label 2 is '10'"
                + " in"
                + " the first and '2' in the second ('alexnet convert --class-order' chooses the"
                + " order). The first is the existing dataset, the second is what was asked for."
                + " Choose another --output, or keep that order with --class-order text");
    assertThat(contentOf(output)).isEqualTo(before);
    assertThat(run(byText).alreadyComplete()).isTrue();
    output = directory.resolve("by-number");
    assertThat(run(settings("train", 1, 7, 0, 0)).notices())
        .anyMatch(
            notice -> notice.startsWith("All classes are numbers, so labels are in the order"));
    assertThat(records())
        .allSatisfy(record -> assertThat(record.wnid()).isEqualTo(String.valueOf(record.label())));
    assertThat(Dataset.open(store, Location.of(output)).manifest().labelOrder())
        .isEqualTo("number");
    assertThat(run(settings("train", 1, 7, 0, 0)).alreadyComplete()).isTrue();
  }

  private static ConvertSettings withClassOrder(ConvertSettings like, ClassOrder classOrder) {
    return ConvertSettings.DEFINITION
        .builder(like)
        .set(ConvertSettings.CLASS_ORDER, classOrder)
        .build();
  }
}
