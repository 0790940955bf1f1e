package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetManifestTest {
  private static final ClassLabel TENCH = new ClassLabel("n01440764", "tench");
  private static final ClassLabel GOLDFISH = new ClassLabel("n01443537", "goldfish");
  private static final Shard FIRST = new Shard("train-00000-of-00002.tfrecord", 2, 100, 17);
  private static final Shard SECOND = new Shard("train-00001-of-00002.tfrecord", 1, 50, 18);
  private static final DatasetManifest MANIFEST =
      of(List.of(TENCH, GOLDFISH), List.of(FIRST, SECOND), 3);

  private static final String JSON =
      """
      {
        "schemaVersion" : 1,
        "split" : "train",
        "records" : 3,
        "rejected" : 4,
        "imageSize" : 224,
        "meanImageSize" : 256,
        "recordSchema" : "tfds",
        "labelOrder" : "sorted wnid",
        "labelBase" : 0,
        "classes" : [ {
          "wnid" : "n01440764",
          "name" : "tench"
        }, {
          "wnid" : "n01443537",
          "name" : "goldfish"
        } ],
        "shards" : [ {
          "name" : "train-00000-of-00002.tfrecord",
          "records" : 2,
          "bytes" : 100,
          "crc32c" : 17
        }, {
          "name" : "train-00001-of-00002.tfrecord",
          "records" : 1,
          "bytes" : 50,
          "crc32c" : 18
        } ],
        "files" : {
          "labels.txt" : "5f",
          "statistics.json" : "7a"
        },
        "operations" : [ "random_crop(224)", "flip" ],
        "settings" : {
          "quality" : "95",
          "seed" : "1"
        },
        "source" : "two classes"
      }
      """;

  private static DatasetManifest of(List<ClassLabel> classes, List<Shard> shards, long records) {
    return new DatasetManifest(
        DatasetManifest.SCHEMA_VERSION,
        "train",
        records,
        4,
        224,
        256,
        RecordSchema.TFDS,
        LabelOrder.WNID.title(),
        0,
        classes,
        shards,
        new TreeMap<>(Map.of("statistics.json", "7a", "labels.txt", "5f")),
        List.of("random_crop(224)", "flip"),
        Map.of("seed", "1", "quality", "95"),
        "two classes");
  }

  private static DatasetManifest read(String json) {
    return Json.read(
        json.getBytes(StandardCharsets.UTF_8), DatasetManifest.class, "d/dataset.json");
  }

  @Test
  void document_manifest_isTheFile() {
    assertThat(new String(Json.document(MANIFEST), StandardCharsets.UTF_8)).isEqualTo(JSON);
  }

  @Test
  void read_file_isEqual() {
    assertThat(read(JSON)).isEqualTo(MANIFEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"split\" : \"train\"        | \"split\" : \"Train 1\"   | split is 'Train 1'",
        "\"records\" : 3              | \"records\" : 4           | records is 4, but the "
            + "shards hold"
            + " 3 together",
        "\"rejected\" : 4             | \"rejected\" : -1         | rejected is -1; it must be at"
            + " least 0",
        "\"imageSize\" : 224          | \"imageSize\" : 0         | imageSize is 0; it must be at"
            + " least 1",
        "\"meanImageSize\" : 256      | \"meanImageSize\" : 200   | meanImageSize is 200; it "
            + "must be"
            + " at least imageSize 224",
        "\"labelOrder\" : \"sorted wnid\" | \"labelOrder\" : \"devkit\" | labelOrder is 'devkit'",
        "\"labelBase\" : 0            | \"labelBase\" : 1         | labelBase is 1; it must be 0"
            + " with the record schema tfds",
      })
  void read_wrongValue_isBadDataThatNamesIt(String right, String wrong, String reason) {
    assertThat(JSON).contains(right);
    assertThatFailure(() -> read(JSON.replace(right, wrong)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("d/dataset.json is not what was expected: dataset manifest: " + reason);
  }

  @Test
  void new_unsortedOrRepeatedClasses_areRefused() {
    String message = "dataset manifest: classes must be sorted by their wnids, without duplicates";

    assertThatThrownBy(() -> of(List.of(GOLDFISH, TENCH), List.of(FIRST, SECOND), 3))
        .hasMessage(message);
    assertThatThrownBy(() -> of(List.of(TENCH, TENCH), List.of(FIRST, SECOND), 3))
        .hasMessage(message);
  }

  @Test
  void new_unsortedOrRepeatedShards_areRefused() {
    String message = "dataset manifest: shards must be sorted by their names, without duplicates";

    assertThatThrownBy(() -> of(List.of(TENCH), List.of(SECOND, FIRST), 3)).hasMessage(message);
    assertThatThrownBy(() -> of(List.of(TENCH), List.of(FIRST, FIRST), 4)).hasMessage(message);
  }

  @Test
  void new_nothingGiven_namesEverythingMissing() {
    assertThatThrownBy(
            () ->
                new DatasetManifest(
                    1, null, 0, 0, 1, 1, null, null, 0, null, null, null, null, null, null))
        .hasMessage(
            """
            dataset manifest: 9 problems:
              split is 'null'
              labelOrder is 'null'
              recordSchema is missing
              there are no classes
              there are no shards
              files is missing
              operations is missing
              settings is missing
              source is missing""");
  }

  @Test
  void new_listsChangedAfterwards_keepsItsOwn() {
    List<ClassLabel> classes = new ArrayList<>(List.of(TENCH));
    Map<String, String> settings = new HashMap<>(Map.of("seed", "1"));
    DatasetManifest manifest =
        new DatasetManifest(
            1,
            "train",
            3,
            0,
            1,
            1,
            RecordSchema.TFDS,
            "sorted wnid",
            0,
            classes,
            List.of(FIRST, SECOND),
            new TreeMap<>(),
            List.of(),
            settings,
            "");
    classes.clear();
    settings.clear();

    assertThat(manifest.classes()).containsExactly(TENCH);
    assertThat(manifest.settings()).containsExactly(Map.entry("seed", "1"));
    assertThatThrownBy(() -> manifest.settings().put("seed", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void labels_classes_areInTheirOrder() {
    assertThat(MANIFEST.labels()).isEqualTo(new Labels(List.of(TENCH, GOLDFISH)));
  }

  @Test
  void shard_wrongValues_namesThemAll() {
    assertThatThrownBy(() -> new Shard("a/b", -1, -2, 1L << 32))
        .hasMessage(
            """
            shard a/b: 4 problems:
              its name is empty or contains a slash
              records is -1; it must be at least 0
              bytes is -2; it must be at least 0
              crc32c is 4294967296; it must fit in 32 bits""");
  }

  @Test
  void shardName_ofAnyNumber_sortsByIndex() {
    assertThat(Shard.name("train", 7, 128)).isEqualTo("train-00007-of-00128.tfrecord");
    assertThat(Shard.name("train", 99_999, 99_999)).isEqualTo("train-99999-of-99999.tfrecord");
    assertThat(Shard.name("train", 7, 102_400)).isEqualTo("train-000007-of-102400.tfrecord");
  }

  @Test
  void rejection_wrongReason_isRefused() {
    assertThatThrownBy(() -> new Rejection("", null, 0, "truncated", null))
        .hasMessage(
            """
            rejection: 4 problems:
              image is missing
              source is missing
              reason is 'truncated'
              message is missing""");
  }
}
