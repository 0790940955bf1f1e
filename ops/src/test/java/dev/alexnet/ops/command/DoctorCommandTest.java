package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.cli.TypedLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path directory;

  /** A file of a length that holds nothing. */
  private void writeHole(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  private TypedLine doctor(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "doctor";
    all[1] = "--arithmetic=none";
    all[2] = "--input=" + directory;
    System.arraycopy(options, 0, all, 3, options.length);
    return TypedLine.enter(all);
  }

  @Test
  void doctor_machineAlone_saysWhatItHasAndWhatToTypeNext() {
    TypedLine typed = TypedLine.enter("doctor");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .containsPattern("\nJava +good +.*\\d+\\.")
        .containsPattern("\ncores +good +\\d+\n")
        .containsPattern("\nmemory +good +\\d+\\.\\d GiB")
        .containsPattern("\ndevices +good +TensorFlow sees ")
        .containsPattern("\nprocessor +good +.+")
        .containsPattern(
            "\nTensorFlow +good +2\\.\\d+\\.\\d+; oneDNN's kernels are o(n|ff), with instructions up to ")
        .containsPattern(
            "\npublished in fp32 +good +.*the largest error is \\d\\.\\de-\\d\\d, of the ")
        .containsPattern("\nmini in bf16 +good +")
        .containsPattern(
            "\ndisk space +good +[\\d,]+\\.\\d GB free at \\.; the built-in job needs 0\\.1\n")
        .contains("\nNext:\n  alexnet doctor --input DIRECTORY");
  }

  @Test
  void doctor_arithmeticTable_showsTheErrorOfEveryOperation() {
    TypedLine typed = TypedLine.enter("doctor", "--arithmetic=table");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    String error = " +(0|\\d\\.\\de-\\d\\d\\*?)";
    assertThat(typed.out())
        .containsPattern(
            "\npublished in fp32 on cpu:0:\nlayer .*\nconv1 +224x224x3 to 55x55x48" + error)
        .containsPattern("\npublished in bf16 on cpu:0:\nlayer")
        .containsPattern("\nfc6 +6x6x256 to 2048" + error.repeat(4) + "\n")
        .containsPattern("\nmini in fp32 on cpu:0:\nlayer")
        .containsPattern("\nconv5 +5x5x48 to 5x5x32" + error.repeat(4) + "\n");
    assertThat(typed.out().lines().dropWhile(line -> !line.startsWith("The errors of")))
        .hasSizeGreaterThan(100)
        .allMatch(line -> line.length() <= 80 || line.startsWith("  alexnet doctor"));
  }

  @Test
  void doctor_arithmeticUnknown_suggestsTheNearest() {
    TypedLine typed = TypedLine.enter("doctor", "--arithmetic=tabel");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err())
        .contains("Invalid value for option '--arithmetic': 'tabel'; did you mean 'table'?")
        .contains("table");
  }

  @Test
  void doctor_moreGpusThanThereAre_exitsWith80() {
    TypedLine typed = TypedLine.enter("doctor", "--arithmetic=none", "--require-gpus=1000");

    assertThat(typed.exitCode()).isEqualTo(80);
    assertThat(typed.out())
        .contains(
            "and 1000 are required. This is TensorFlow's build for the CPU; build with ALEXNET_PROFILES=gpu");
    assertThat(typed.err()).isEqualTo("alexnet: 1 problem, see above\n");
    assertThat(typed.out()).doesNotContain("Next:");
  }

  @Test
  void doctor_downloadThatStopped_saysSizesAndTheNextStep() throws IOException {
    writeHole("ILSVRC2012_img_train.tar", 1_000_000);
    writeHole("ILSVRC2012_img_val.tar", 6_744_924_160L);
    Files.createDirectories(directory.resolve("ILSVRC2012_devkit_t12"));

    TypedLine typed = doctor();

    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.out())
        .containsPattern(
            "ILSVRC2012_img_train.tar +wrong +1,000,000 bytes; the published one has"
                + " 147,897,477,120: the download was not finished\n")
        .containsPattern(
            "ILSVRC2012_img_val.tar +good +6,744,924,160 bytes as published; its MD5 was not asked"
                + " for\n")
        .containsPattern("ILSVRC2012_devkit_t12.tar.gz +good +unpacked, as ILSVRC2012_devkit_t12\n")
        .containsPattern("ILSVRC2012_img_test_v10102019.tar +good +not there; only needed for")
        .containsPattern("GB free at \\.; 1,331,167 pictures of 256 pixels need [\\d.]+\n")
        .contains(
            "\nNext:\n  Fetch ILSVRC2012_img_train.tar from image-net.org, with an account there\n"
                + "  alexnet doctor --input "
                + directory
                + "\n");
  }

  @Test
  void doctor_missingArchive_exitsWith66AndDamagedOneIsFoundByItsMd5() throws IOException {
    writeHole("ILSVRC2012_img_val.tar", 6_744_924_160L);
    Files.writeString(directory.resolve("ILSVRC2012_devkit_t12.tar.gz"), "another file");

    TypedLine typed = doctor("--json");

    assertThat(typed.exitCode()).isEqualTo(66);
    assertThat(typed.out())
        .startsWith("{\"command\":\"doctor\",\"result\":{\"checks\":[")
        .contains(
            "{\"subject\":\"ILSVRC2012_img_train.tar\",\"problem\":\"INPUT_MISSING\",\"finding\":\"it"
                + " is missing\"");
    assertThat(typed.out())
        .contains(
            "12 bytes; its MD5 is 50e55790ffe629eab86d207fc98bf710, and the published one's"
                + " fa75699e90414af021442c21a62c3abf: it is damaged or another file");
    assertThat(typed.err()).contains("2 problems, see above");
  }

  @Test
  void doctor_foldersAndSyntheticArchives_areWhatConvertWouldRead() throws IOException {
    TypedLine.enter(
        "synth",
        "--output=" + directory,
        "--classes=2",
        "--train-per-class=2",
        "--val-per-class=1");

    TypedLine typed = doctor();

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("ILSVRC2012 train archive ILSVRC2012_img_train.tar")
        .contains(
            "\nNext:\n  alexnet convert --input "
                + directory
                + " --output dataset/train --split train");
  }

  @Test
  void doctor_directoryWithoutPictures_saysWhatWasLookedFor() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");

    TypedLine typed = doctor();

    assertThat(typed.exitCode()).isEqualTo(66);
    assertThat(typed.out())
        .contains("No pictures were found at " + directory)
        .contains("; then: alexnet doctor --input " + directory);
  }

  @Test
  void doctor_compressedArchive_saysToDecompressIt() throws IOException {
    Files.write(directory.resolve("ILSVRC2012_img_train.tar.gz"), new byte[1]);

    TypedLine typed = doctor();

    assertThat(typed.exitCode()).isEqualTo(66);
    assertThat(typed.out())
        .containsPattern(
            "ILSVRC2012_img_train.tar +wrong +only ILSVRC2012_img_train.tar.gz is there; decompress")
        .contains("\nNext:\n  gunzip " + directory + "/ILSVRC2012_img_train.tar.gz\n");
  }

  @Test
  void doctor_archivesOf2010_saysThatNothingWasPublishedToCompareWith() throws IOException {
    for (String name :
        List.of(
            "ILSVRC2010_images_train.tar",
            "ILSVRC2010_images_val.tar",
            "ILSVRC2010_devkit-1.0.tar.gz")) {
      Files.write(directory.resolve(name), new byte[512]);
    }

    TypedLine typed = doctor();

    assertThat(typed.exitCode()).as(typed.out()).isZero();
    assertThat(typed.out())
        .containsPattern(
            "ILSVRC2010_images_train.tar +good +512 bytes; there is no published size or MD5 to"
                + " compare with\n")
        .doesNotContain("--md5");
  }

  @Test
  void doctor_outputThatIsAFile_exitsWith73() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "mine");

    TypedLine typed =
        TypedLine.enter("doctor", "--arithmetic=none", "--output=" + file + "/dataset");

    assertThat(typed.exitCode()).isEqualTo(73);
    assertThat(typed.out())
        .containsPattern(
            "disk space +wrong +" + file + " is a file. Name a directory with --output");
  }

  @Test
  void doctor_md5WithoutInput_isAUsageError() {
    TypedLine typed = TypedLine.enter("doctor", "--md5");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("md5 needs the archives; give their directory with --input");
  }

  @Test
  void doctor_archivesThatMustBeUnpacked_areGoodAndToldWithTheSpace() throws IOException {
    writeHole("train_images_0.tar.gz", 2_000_000_000);

    TypedLine typed = doctor();

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains(
            " good   " + directory + "/train_images_0.tar.gz is compressed",
            "Give a directory with about 2.2 GB of free space with --unpack-to",
            "\nNext:\n  alexnet convert --input "
                + directory
                + " --output dataset/train --split train --unpack-to DIR");
  }
}
