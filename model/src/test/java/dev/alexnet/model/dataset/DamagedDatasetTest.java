package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Datasets with missing or changed files, which the error must name. */
class DamagedDatasetTest extends WrittenDatasetTest {
  @Test
  void open_missingShard_isBadData() throws IOException {
    Files.delete(shardFile(1));

    assertFailure(
        Failure.Kind.BAD_DATA,
        "The shard " + shardFile(1) + " is missing; run the command that made the dataset again",
        () -> Dataset.open(store, location));
  }

  @Test
  void open_foreignShard_isBadData() throws IOException {
    Path foreign = directory.resolve("train-00002-of-00003.tfrecord");
    Files.createFile(foreign);

    assertFailure(
        Failure.Kind.BAD_DATA,
        foreign + " is not a shard of this dataset; remove it",
        () -> Dataset.open(store, location));
  }

  @Test
  void open_shardOfWrongLength_isBadData() throws IOException {
    long bytes = Files.size(shardFile(0));
    Files.write(shardFile(0), new byte[5]);

    assertFailure(
        Failure.Kind.BAD_DATA,
        "The shard "
            + shardFile(0)
            + " has 5 bytes; the manifest says "
            + bytes
            + ". Run the command that made the dataset again",
        () -> Dataset.open(store, location));
  }

  @Test
  void open_brokenManifest_isBadDataThatNamesIt() throws IOException {
    Files.writeString(directory.resolve(Dataset.MANIFEST), "{\"schemaVersion\" : 1");

    assertThatFailure(() -> Dataset.open(store, location))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(directory.resolve("dataset.json") + " is not what was expected: ");
  }

  @Test
  void open_manifestOfAnotherVersion_saysWhatToDo() throws IOException {
    Path file = directory.resolve(Dataset.MANIFEST);
    String written = Files.readString(file);
    Files.writeString(file, written.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));

    assertThatFailure(() -> Dataset.open(store, location))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            file
                + " was written by a newer version of this program: its schemaVersion is 2; this"
                + " program reads 1. Use the version that wrote it, or make the dataset again, with"
                + " 'alexnet convert' or 'alexnet augment' into another directory");
  }

  @Test
  void open_manifestOfAnEarlierState_namesTheMissingKeyInPlainWords() throws IOException {
    Path file = directory.resolve(Dataset.MANIFEST);
    Files.writeString(
        file, Files.readString(file).replaceFirst("  \"meanImageSize\" : \\d+,\n", ""));

    assertThatFailure(() -> Dataset.open(store, location))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(
            file + " is not what was expected: the key 'meanImageSize' is missing (line ")
        .hasMessageContaining("Another version of this program wrote it, or it was changed later;")
        .hasMessageNotContainingAny("dev.alexnet", "creator", "Jackson");
  }

  @Test
  void open_manifestOfAnotherTool_isBadData() throws IOException {
    Path file = Files.writeString(directory.resolve(Dataset.MANIFEST), "{\"images\": [1]}");

    assertThatFailure(() -> Dataset.open(store, location))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(
            file
                + " is not a dataset manifest of this program: it has no number "
                + "'schemaVersion'. Check"
                + " the directory. If it is right, ");
  }

  @Test
  void read_corruptShard_namesTheFile() throws IOException {
    byte[] bytes = Files.readAllBytes(shardFile(1));
    bytes[bytes.length - 1] ^= 1;
    Files.write(shardFile(1), bytes);
    Dataset dataset = Dataset.open(store, location);

    try (TfRecordReader reader = dataset.read(manifest.shards().get(1))) {
      assertFailure(
          Failure.Kind.BAD_DATA,
          "The record of "
              + shardFile(1)
              + " at byte 0 is corrupt: the checksum of the data does not match. Write the shard"
              + " again.",
          reader::next);
    }
  }

  @Test
  void damagedFiles_oneLostOrChangedAtEqualLength_namesIt() throws IOException {
    List<String> names = new ArrayList<>(manifest.files().keySet());
    names.add(manifest.shards().get(1).name());
    for (String name : names) {
      Path file = directory.resolve(name);
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(damagedFiles()).containsExactly(name);
      byte[] changed = content.length == 0 ? new byte[1] : content.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      assertThat(damagedFiles()).containsExactly(name);
      Files.write(file, content);
    }
    assertThat(damagedFiles()).isEmpty();
  }

  private List<String> damagedFiles() {
    return Dataset.withoutShards(store, location).damagedFiles(Progress.SILENT);
  }

  @Test
  void meanImage_changed_isBadData() throws IOException {
    Path file = directory.resolve(Dataset.MEAN_IMAGE);
    byte[] content = Files.readAllBytes(file);
    content[0] ^= 1;
    Files.write(file, content);

    assertFailure(
        Failure.Kind.BAD_DATA,
        file
            + ", the mean image that training subtracts, was changed after it was written "
            + "with the dataset:"
            + " its SHA-256 is not the one in dataset.json. Put the original back, or run the"
            + " command that made the dataset again",
        () -> Dataset.open(store, location).meanImage());
  }

  @Test
  void meanImage_missing_isInputMissing() throws IOException {
    assertMissing(
        Dataset.MEAN_IMAGE,
        "the mean image that training subtracts",
        () -> Dataset.open(store, location).meanImage());
  }

  @Test
  void statistics_missing_isInputMissing() throws IOException {
    assertMissing(
        Dataset.STATISTICS,
        "the statistics that colour noise is drawn from",
        () -> Dataset.open(store, location).statistics());
  }

  private void assertMissing(String name, String content, ThrowingCallable read)
      throws IOException {
    Path file = directory.resolve(name);
    Files.delete(file);

    assertFailure(
        Failure.Kind.INPUT_MISSING,
        file
            + " is missing, "
            + content
            + "; it was written with the dataset and has been moved or deleted. Put it back,"
            + " or run the command that made the dataset again",
        read);
  }
}
