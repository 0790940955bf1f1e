package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.TypedLine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir static Path directory;
  private static Path dataset;

  @BeforeAll
  static void writeDataset() {
    Path archives = directory.resolve("archives");
    dataset = directory.resolve("dataset");
    TypedLine.enter(
        "synth", "--output=" + archives, "--classes=3", "--train-per-class=4", "--val-per-class=1");
    assertThat(
            TypedLine.enter(
                    "convert",
                    "--input=" + archives,
                    "--output=" + dataset,
                    "--size=32",
                    "--shards=2")
                .exitCode())
        .isZero();
  }

  @Test
  void inspect_soundDataset_showsATableAndVerifies() {
    TypedLine typed = TypedLine.enter("inspect", dataset.toString());

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .startsWith("dataset              " + dataset + "\n")
        .contains("\nimages               12 of 32 × 32 pixels\n")
        .contains("\nclasses              3, 4 images each\n")
        .contains("\nrecords              tfds, labels from 0\n")
        .contains("\nrejected             0\n")
        .containsPattern("\neigenvalues          \\d+\\.\\d\\d  \\d+\\.\\d\\d  \\d+\\.\\d\\d\n")
        .endsWith("\nEverything is intact: nothing is missing or changed.\n");
    assertThat(typed.err()).endsWith("inspect: 12 of 12 records (100.0 %)\n");
  }

  @Test
  void inspect_damagedDataset_listsAllOfItAndExitsWith65() throws IOException {
    Path copy = copyOf(dataset, "damaged");
    Path shard = copy.resolve("train-00000-of-00002.tfrecord");
    byte[] content = Files.readAllBytes(shard);
    content[20] ^= 1;
    Files.write(shard, content);
    Files.delete(copy.resolve("labels.txt"));

    TypedLine text = TypedLine.enter("inspect", copy.toString());
    assertThat(text.exitCode()).isEqualTo(65);
    assertThat(text.out())
        .containsPattern("\nfile +byte +problem\n")
        .containsPattern(
            "\n" + shard + " +0 +the record is damaged: the checksum of the data does not match\n")
        .containsPattern("\n" + copy + "/labels.txt +- +it is missing; run the command");
    assertThat(text.err()).endsWith("alexnet: " + copy + ": 3 problems were found, see above\n");

    TypedLine json = TypedLine.enter("inspect", "--json", copy.toString());
    assertThat(json.exitCode()).isEqualTo(65);
    assertThat(json.out())
        .contains("\"result\":{\"kind\":\"dataset\",\"directory\":\"" + copy + "\"")
        .startsWith(
            "{\"command\":\"inspect\",\"findings\":[{\"file\":\""
                + shard
                + "\",\"offset\":0,\"problem\":\"the record is damaged: the checksum of the "
                + "data does not match\"}")
        .hasLineCount(1);
  }

  @Test
  void inspect_withASheet_drawsTheSamePictureEveryTime() throws IOException {
    Path sheet = directory.resolve("sheet.png");
    assertThat(TypedLine.enter("inspect", "--sheet=" + sheet, dataset.toString()).exitCode())
        .isZero();
    byte[] first = Files.readAllBytes(sheet);
    assertThat(TypedLine.enter("inspect", "--sheet=" + sheet, dataset.toString()).err())
        .endsWith("Wrote " + sheet + "\n");

    assertThat(Files.readAllBytes(sheet)).isEqualTo(first);
    BufferedImage picture = ImageIO.read(sheet.toFile());
    // Names and four images, twice; three classes in two rows.
    assertThat(picture.getHeight()).isEqualTo(24 + 64 + 3 * 136 - 8 + 24);
    assertThat(picture.getWidth()).isEqualTo(48 + 232 + 4 * 136 - 8);
  }

  @Test
  void inspect_wholeRun_verifiesEverythingThatItsStepsWrote() throws IOException {
    Path run = Files.createDirectories(directory.resolve("run"));
    Dataset data = DatasetFixture.write(run.resolve("dataset/validation"), "validation", 56, 6, 25);
    Location model = ModelFixture.write(run.resolve("training/model"), data, 1);
    Files.createDirectories(run.resolve("archives"));
    Files.writeString(run.resolve("archives/a.tar"), "");
    for (String command : List.of("score", "features")) {
      TypedLine typed =
          TypedLine.enter(
              command,
              "--data=" + data.location(),
              "--model=" + model,
              "--output=" + run.resolve(command));
      assertThat(typed.exitCode()).as(typed.err()).isZero();
    }

    TypedLine sound = TypedLine.enter("inspect", run.toString());
    assertThat(sound.exitCode()).as(sound.err()).isZero();
    assertThat(sound.out().replaceAll(" {2,}", "  "))
        .startsWith(
            """
            directory  kind  holds  state
            dataset/validation  dataset  validation, 25 images of 6 classes  intact
            features  features  25 images, 256 values each  intact
            score  scores  25 images, \
            """)
        .containsPattern(
            "top-1 error  intact\ntraining/model  model  mini, 6 classes, \\d+ steps  intact\n")
        .endsWith(
            "\nNot verified, because nothing says what they should hold: archives\n\nEverything is intact: nothing is missing or changed.\n");
    assertThat(TypedLine.enter("inspect", run + "/score").out())
        .startsWith("scores       " + run + "/score\nimages       25: 25 scored, ");
    assertThat(TypedLine.enter("inspect", run + "/features").out())
        .startsWith("features     " + run + "/features\nsize         25 images, ");

    Files.move(run.resolve("features"), run.resolve(".former-features"));
    assertThat(TypedLine.enter("inspect", run.toString()).out())
        .containsPattern("\n\\.former-features +features +25 images, 256 values each +intact\n");

    Path rows = run.resolve("score/predictions.jsonl");
    Files.writeString(rows, Files.readString(rows).replace("scored", "Scored"));
    TypedLine damaged = TypedLine.enter("inspect", run.toString());
    assertThat(damaged.exitCode()).isEqualTo(65);
    assertThat(damaged.out())
        .containsPattern("top-1 error +1 problem\n")
        .containsPattern(
            rows
                + " +- +it is missing or damaged; run the same 'alexnet score' again to write it anew");
  }

  @Test
  void inspect_somethingElse_saysWhatItFound() throws IOException {
    assertThat(TypedLine.enter("inspect", directory + "/absent"))
        .isEqualTo(
            new TypedLine(
                66,
                "",
                "alexnet: Nothing was found at " + directory + "/absent; check the name\n"));
    assertThat(TypedLine.enter("inspect", dataset + "/labels.txt").exitCode()).isEqualTo(64);

    Path unfinished = copyOf(dataset, "unfinished");
    Files.delete(unfinished.resolve("dataset.json"));
    assertThat(TypedLine.enter("inspect", unfinished.toString()))
        .isEqualTo(
            new TypedLine(
                66,
                "",
                "alexnet: "
                    + unfinished
                    + " has shards of a dataset but no dataset.json, which is written last. To finish the dataset, run the command that makes it again\n"));

    Path report = Files.createDirectories(directory.resolve("report"));
    Files.writeString(report.resolve("report.html"), "<html>");
    assertThat(TypedLine.enter("inspect", report.toString()))
        .isEqualTo(
            new TypedLine(
                64,
                "",
                "alexnet: Nothing says what %1$s should hold, so it cannot be verified. Open %1$s/report.html in a browser\n"
                    .formatted(report)));

    Path begun = Files.createDirectories(directory.resolve("begun"));
    Files.createDirectories(begun.resolve(".convert"));
    Files.writeString(begun.resolve(".convert/plan.json"), "{\"settings\" : {}}");
    assertThat(TypedLine.enter("inspect", begun.toString()))
        .isEqualTo(
            new TypedLine(
                66,
                "",
                "alexnet: "
                    + begun
                    + " is a dataset that was started and has no shard yet. To finish it, run the command that makes it again\n"));
    TypedLine archives = TypedLine.enter("inspect", directory + "/archives");
    assertThat(archives.exitCode()).isEqualTo(64);
    assertThat(archives.err())
        .contains("it holds ILSVRC2012_devkit_t12.tar.gz, ILSVRC2012_img_train.tar");
    assertThat(TypedLine.enter("inspect", dataset.toString(), "--sheet=x.jpg").err())
        .isEqualTo(
            "alexnet: Invalid value for option '--sheet': 'x.jpg'; it must be the name of a .png\nSee 'alexnet inspect --help'.\n");
  }

  private static Path copyOf(Path from, String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve(name));
    try (var files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
