package dev.alexnet.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetTest extends WrittenDatasetTest {
  @Test
  void open_whatCommitWrote_isEqual() {
    Dataset dataset = Dataset.open(store, location);

    assertThat(dataset.location()).isEqualTo(location);
    assertThat(dataset.manifest()).isEqualTo(manifest);
    assertThat(dataset.statistics()).isEqualTo(statistics());
    assertThat(dataset.meanImage().size()).isEqualTo(2);
    assertThat(dataset.meanImage().values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void read_shards_giveTheirRecords() throws IOException {
    Dataset dataset = Dataset.open(store, location);
    List<String> names = new ArrayList<>();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader reader = dataset.read(shard)) {
        for (byte[] next = reader.next(); next != null; next = reader.next()) {
          names.add(dataset.manifest().codec().decode(next, reader.where()).fileName());
        }
      }
    }

    assertThat(names).containsExactly("0_0", "0_1", "1_0");
  }

  @Test
  void commit_dataset_writesEveryFile() {
    assertThat(store.list(location))
        .containsExactly(
            "dataset.json",
            "dataset_info.json",
            "features.json",
            "label.labels.txt",
            "labels.txt",
            "mean_image.f32",
            "mean_image.png",
            "rejected.jsonl",
            "statistics.json",
            "train-00000-of-00002.tfrecord",
            "train-00001-of-00002.tfrecord");
    assertThat(directory.resolve(Dataset.LABELS))
        .hasContent("n01440764\ttench\nn02007558\tflamingo\n");
    String line =
        "{\"image\":\"n01440764_1.JPEG\",\"source\":\"train.tar\",\"offset\":512,"
            + "\"reason\":\"TRUNCATED\",\"message\":\"cut\\nshort\"}\n";
    assertThat(directory.resolve(Dataset.REJECTED)).hasContent(line + line);
  }

  @Test
  void commit_killedBeforeTheManifest_isNoDataset() {
    store.delete(location.resolve(Dataset.MANIFEST));

    assertThat(Dataset.isAt(store, location)).isFalse();
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        "There is no dataset at "
            + location
            + " (no dataset.json); make one with 'alexnet convert', or finish one that was"
            + " interrupted by running the same command again",
        () -> Dataset.open(store, location));
  }

  @Test
  void commit_rejectionsFail_leavesTheOldDataset() {
    DatasetManifest other = manifest(9, manifest.shards(), "elsewhere");
    Iterable<Rejection> failing =
        () -> {
          throw new IllegalStateException("no rejections");
        };

    assertThatThrownBy(
            () -> Dataset.commit(store, location, other, sums.meanImage(), statistics(), failing))
        .hasMessage("no rejections");
    assertThat(Dataset.open(store, location).manifest()).isEqualTo(manifest);
  }

  @Test
  void hash_manifest_isTheFilesSha256() throws IOException, NoSuchAlgorithmException {
    byte[] manifestFile = Files.readAllBytes(directory.resolve(Dataset.MANIFEST));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(manifestFile);

    assertThat(Dataset.open(store, location).hash())
        .hasSize(64)
        .isEqualTo(String.format("%064x", new BigInteger(1, digest)));
  }

  @Test
  void open_otherFilesBesideShards_areIgnored() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.writeString(directory.resolve(".pending-4711"), "half a shard");

    assertThat(Dataset.open(store, location).manifest()).isEqualTo(manifest);
  }

  @Test
  void files_ofTheManifest_haveTheirHashes() throws IOException {
    assertThat(manifest.files().keySet())
        .containsExactly(
            "dataset_info.json",
            "features.json",
            "label.labels.txt",
            "labels.txt",
            "mean_image.f32",
            "rejected.jsonl",
            "statistics.json");
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      assertThat(Sha256.of(Files.readAllBytes(directory.resolve(file.getKey()))))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
    // printf 'n01440764\ttench\nn02007558\tflamingo\n' | sha256sum
    assertThat(manifest.files())
        .containsEntry(
            "labels.txt", "2164e03c06b87b1e3abe3bb554b3b5b68b02efd923a92a481f0d14b2232e6feb");
  }

  @Test
  void manifest_document_isWhatTheFileHolds() throws IOException {
    assertThat(Files.readAllBytes(directory.resolve(Dataset.MANIFEST)))
        .isEqualTo(Json.document(manifest));
    assertThat(Files.readString(directory.resolve(Dataset.MANIFEST), StandardCharsets.UTF_8))
        .endsWith("}\n");
  }

  @Test
  void oneClassNotice_imagesOfOneClass_namesIt() {
    Path one = directory.resolve("one");
    Path oneOfMany = directory.resolve("one-of-many");

    assertThat(DatasetFixture.write(one, "train", 56, 1, 4).oneClassNotice())
        .hasValueSatisfying(
            notice ->
                assertThat(notice)
                    .startsWith(
                        "Warning: all images of " + one + " are of one class, 'n00000000': "));
    assertThat(DatasetFixture.write(oneOfMany, "train", 56, 4, 2).oneClassNotice())
        .hasValueSatisfying(
            notice ->
                assertThat(notice)
                    .startsWith(
                        "Warning: all images of "
                            + oneOfMany
                            + " are of one class, 'n00000000': "));
    assertThat(DatasetFixture.write(directory.resolve("two"), "train", 56, 2, 4).oneClassNotice())
        .isEmpty();
    assertThat(
            DatasetFixture.writeUnlabelled(directory.resolve("none"), "test", 56, 4, 4)
                .oneClassNotice())
        .isEmpty();
  }
}
