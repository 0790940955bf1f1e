package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.cli.TypedLine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir private Path directory;

  @Test
  void run_firstAndAgain_showsSettingsStepsAndResult() throws IOException {
    Path config = write("synth:\n  classes: 2\n  train-per-class: 3\n  val-per-class: 1\n");
    Path workdir = directory.resolve("run");
    String start =
        """
        Job %s in %s
        setting                value          from
        synth classes          2              given
        synth train-per-class  3              given
        synth val-per-class    1              given

        """
            .formatted(config, workdir)
            .replaceAll(" {2,}", "  ");
    String summary = "6 training and 2 validation pictures of 2 classes at archives";

    TypedLine first = run(config, workdir);
    TypedLine again = run(config, workdir);

    assertThat(first.err().replaceAll(" {2,}", "  "))
        .startsWith(start + "[1/1] synth\n[1/1] synth: ");
    assertThat(first.exitCode()).isZero();
    assertThat(first.out().replaceAll(" {2,}", "  "))
        .startsWith("step  state  time  result\nsynth  done  ")
        .endsWith("\n\nDone in " + workdir + ": " + summary + "\n");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).endsWith("\n\n[1/1] synth: already done\n");
    assertThat(again.out()).contains("\nsynth  already done  ").endsWith(summary + "\n");
  }

  @Test
  void run_printConfig_printsAFileThatGivesTheSameJob() throws IOException {
    TypedLine builtIn = TypedLine.enter("run", "--print-config");
    Path config = write(builtIn.out());
    TypedLine again = TypedLine.enter("run", "--print-config", "--config=" + config);

    assertThat(builtIn.out())
        .startsWith("synth:\n  classes: 10\n")
        .contains("\nconvert:\n  train:\n    layout: auto\n", "\n  validation:\n    layout: auto\n")
        .contains("\n  operations: \"random_crop(48) | flip | colour(0.1)\"\n");
    assertThat(again.out()).isEqualTo(builtIn.out());
    assertThat(builtIn.err()).isEmpty();
  }

  @Test
  void help_jobFile_isOne() throws IOException {
    String help = TypedLine.enter("run", "--help").out();
    int start = help.indexOf("  synth:\n");
    Path config = write(help.substring(start, help.indexOf("\n\n", start)).indent(-2));

    TypedLine typed = TypedLine.enter("run", "--print-config", "--config=" + config);

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out()).contains("synth:", "convert:", "train:", "score:", "report:");
  }

  @Test
  void run_afterPicturesWereAdded_saysHowManyAndWhatToDo() throws IOException {
    Path pictures = Files.createDirectories(directory.resolve("pictures/train/cat")).getParent();
    Path dogs = Files.createDirectories(pictures.resolve("dog"));
    draw(pictures.resolve("cat/1.jpg"), 1);
    draw(dogs.resolve("2.jpg"), 2);
    Path config =
        write(
            "convert:\n  train:\n  input: %s\n  size: 16\n  shards: 1\n"
                .formatted(pictures.getParent()));
    Path workdir = directory.resolve("run");
    assertThat(run(config, workdir).exitCode()).isZero();
    assertThat(run(config, workdir).err()).endsWith("[1/1] convert-train: already done\n");

    draw(pictures.resolve("cat/3.jpg"), 3);
    Files.writeString(dogs.resolve("Thumbs.db"), "not a picture");
    TypedLine typed = run(config, workdir);

    assertThat(typed.exitCode()).isEqualTo(73);
    assertThat(typed.err())
        .endsWith(
            "alexnet: %s/dataset/train was made from other pictures than %s has now: 1 picture is new, first cat/3.jpg\nThis makes stale: convert-train\nAdd --redo convert-train to make that anew, or use another --workdir\n"
                .formatted(workdir, pictures.getParent()));
  }

  @Test
  void run_afterAPictureWasReplaced_isRefusedAsThePlanSays() throws IOException {
    Path pictures = Files.createDirectories(directory.resolve("pictures/cat")).getParent();
    Path dogs = Files.createDirectories(pictures.resolve("dog"));
    draw(pictures.resolve("cat/1.jpg"), 1);
    draw(dogs.resolve("2.jpg"), 2);
    Path config = write("convert:\n  train:\n  input: %s\n  size: 16\n".formatted(pictures));
    Path workdir = directory.resolve("run");
    assertThat(run(config, workdir).exitCode()).isZero();
    byte[] picture = Files.readAllBytes(dogs.resolve("2.jpg"));
    picture[picture.length - 2] ^= 1;
    Files.write(dogs.resolve("2.jpg"), picture);
    Files.setLastModifiedTime(dogs.resolve("2.jpg"), FileTime.fromMillis(1_800_000_000_000L));
    String ledger = Files.readString(workdir.resolve("ledger.json"));

    TypedLine planned =
        TypedLine.enter("run", "--dry-run", "--config=" + config, "--workdir=" + workdir);
    TypedLine typed = run(config, workdir);

    assertThat(planned.exitCode()).isEqualTo(73);
    assertThat(planned.out()).contains("stale").contains("what --input names has changed");
    assertThat(typed.exitCode()).isEqualTo(73);
    String refusal =
        "alexnet: %s/dataset/train was made from other pictures than %s has now: 1 picture was replaced by another of the same length: dog/2.jpg\nThis makes stale: convert-train\nAdd --redo convert-train to make that anew, or use another --workdir\n"
            .formatted(workdir, pictures);
    assertThat(planned.err()).endsWith(refusal);
    assertThat(typed.err()).endsWith(refusal);
    assertThat(workdir.resolve("ledger.json")).as("the step is still done").hasContent(ledger);
  }

  @Test
  void run_dryRunWithAnInputThatDoesNotExist_endsAsTheRunWould() throws IOException {
    Path config = write("convert:\n  train:\n  input: nowhere\n  size: 16\n");
    Path workdir = directory.resolve("run");

    TypedLine typed =
        TypedLine.enter("run", "--dry-run", "--config=" + config, "--workdir=" + workdir);

    assertThat(typed.exitCode()).isEqualTo(66);
    assertThat(typed.out()).contains("convert-train  to do");
    assertThat(typed.err())
        .endsWith(
            "alexnet: convert-train: there is nothing at nowhere, which --input names; correct it\n");
    assertThat(workdir).doesNotExist();
  }

  @Test
  void run_quiet_showsOnlyTheResult() throws IOException {
    Path config = write("synth:\n  classes: 2\n  train-per-class: 1\n  val-per-class: 1\n");

    TypedLine typed =
        TypedLine.enter(
            "run", "--quiet", "--config=" + config, "--workdir=" + directory + "/quiet");

    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).startsWith("step ").contains("\n\nDone in ");
  }

  @Test
  void run_withFewerGpusThanRequired_isRefusedBeforeTheFirstStep() {
    Path workdir = directory.resolve("run");

    TypedLine typed = TypedLine.enter("run", "--workdir=" + workdir, "--require-gpus=64");

    assertThat(typed.exitCode()).isEqualTo(80);
    assertThat(typed.err()).contains("64 GPUs are required, but TensorFlow sees ");
    assertThat(workdir.resolve("archives")).doesNotExist();
  }

  @Test
  void run_quietAndFailed_saysWhy() {
    TypedLine typed = TypedLine.enter("run", "--quiet", "--config=" + directory + "/absent.yaml");

    assertThat(typed.exitCode()).isEqualTo(66);
    assertThat(typed.err()).startsWith("alexnet: Cannot read ");
  }

  @Test
  void run_json_writesOneObject() throws IOException {
    Path config = write("synth:\n  classes: 2\n  train-per-class: 1\n  val-per-class: 1\n");
    Path workdir = directory.resolve("run");

    TypedLine typed =
        TypedLine.enter("run", "--json", "--config=" + config, "--workdir=" + workdir);

    assertThat(typed.out())
        .isEqualTo(
            """
            {"command":"run","config":"%1$s/job.yaml","steps":[{"already_done":false,\
            "name":"synth","result":{"classes":2,"output":"archives",\
            "train_pictures":2,"val_pictures":2},"seconds":0.0,\
            "settings":{"classes":2,"output":"%1$s/run/archives","seed":1,\
            "train_per_class":1,"val_per_class":1}}],"workdir":"%1$s/run"}
            """
                .formatted(directory));
  }

  @Test
  void run_jsonAndFailed_writesTheFailureAsOneObject() {
    TypedLine typed = TypedLine.enter("run", "--json", "--redo=x", "--workdir=" + directory);

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.out())
        .startsWith(
            "{\"error\":{\"code\":64,\"kind\":\"usage\",\"message\":\"--redo: the job has no step 'x'")
        .endsWith("\"}}\n");
    assertThat(typed.err()).contains("alexnet: --redo: the job has no step 'x'");
  }

  /** The archives that convert reads are not there yet: synth makes them. */
  @Test
  void run_dryRunOfTheBuiltInJob_isRefusedForNothing() {
    Path workdir = directory.resolve("run");

    TypedLine typed = TypedLine.enter("run", "--dry-run", "--workdir=" + workdir);

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out()).contains("convert-train       to do ");
    assertThat(workdir).doesNotExist();
  }

  @Test
  void run_dryRunJson_writesThePlanAndNothingElse() throws IOException {
    Path config = write("synth:\n  classes: 2\n");
    Path workdir = directory.resolve("run");

    TypedLine typed =
        TypedLine.enter("run", "--dry-run", "--json", "--config=" + config, "--workdir=" + workdir);

    assertThat(typed.out().replaceAll("\"free_bytes\":[1-9]\\d*,", ""))
        .isEqualTo(
            """
            {"command":"run","config":"%1$s/job.yaml","dry_run":true,"steps":[{"bytes":0,\
            "last_seconds":0.0,"name":"synth","state":"to_do","why":"not begun"}],"workdir":"%1$s/run"}
            """
                .formatted(directory));
    assertThat(workdir).doesNotExist();
  }

  @Test
  void run_otherSettingsInTheSameWorkdir_isRefused() throws IOException {
    Path workdir = directory.resolve("run");
    run(write("synth:\n  classes: 2\n  train-per-class: 1\n  val-per-class: 1\n"), workdir);

    TypedLine typed =
        run(write("synth:\n  classes: 3\n  train-per-class: 1\n  val-per-class: 1\n"), workdir);

    assertThat(typed.exitCode()).isEqualTo(73);
    assertThat(typed.err())
        .endsWith(
            """
            alexnet: %s was made with other settings:
              synth: classes was '2' and is now '3'
            This makes stale: synth
            Add --redo synth to make that anew, or use another --workdir
            """
                .formatted(workdir));
  }

  private static TypedLine run(Path config, Path workdir) {
    return TypedLine.enter("run", "--config", config.toString(), "--workdir", workdir.toString());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("job.yaml"), yaml);
  }

  private static void draw(Path file, int grey) throws IOException {
    BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(20, 20, 0, grey);
    ImageIO.write(picture, "jpg", file.toFile());
  }
}
