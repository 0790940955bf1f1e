package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.TypedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that two datasets have in common. */
class InspectLeaksTest {
  @TempDir static Path directory;
  private static Dataset validation;
  private static Dataset train;
  private static Dataset clean;

  /** Both draw the same pictures until the first shard of the smaller is full: 5 are the same. */
  @BeforeAll
  static void write() {
    validation = DatasetFixture.write(directory.resolve("validation"), "validation", 56, 4, 10);
    train = DatasetFixture.write(directory.resolve("train"), "validation", 56, 4, 14);
    clean = DatasetFixture.write(directory.resolve("clean"), "train", 56, 4, 14);
  }

  private static TypedLine leaks(Dataset one, Dataset other, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "inspect";
    line[1] = "--leaks=" + one.location();
    line[2] = other.location().toString();
    System.arraycopy(more, 0, line, 3, more.length);
    return TypedLine.enter(line);
  }

  @Test
  void inspect_datasetsWithoutSameImages_endsWell() {
    TypedLine typed = leaks(validation, clean);

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            "0 of the 10 images of %s are also among the 14 of %s\n"
                .formatted(validation.location(), clean.location()));
  }

  @Test
  void inspect_datasetsWithSameImages_listsThemAndExitsWith65() throws IOException {
    TypedLine typed = leaks(validation, train);

    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.out())
        .startsWith(
            "5 of the 10 images of %s are also among the 14 of %s\n"
                .formatted(validation.location(), train.location()))
        .contains("\nvalidation4.JPEG  n00000002  validation4.JPEG    n00000002  1.0000\n");
    assertThat(typed.err()).contains("share images, see above");
    JsonNode result = new ObjectMapper().readTree(leaks(train, validation, "--json").out());
    assertThat(result.get("result").get("same")).hasSize(5);
    assertThat(result.get("result").get("near")).isEmpty();
    assertThat(result.get("result").get("first").asText()).isEqualTo(train.location().value());
    assertThat(result.get("result").get("same").get(2).get("second").asText())
        .isEqualTo("validation4.JPEG");
  }

  /** One picture many times gives no product of pairs. */
  @Test
  void inspect_aPictureThatIsInBothManyTimes_isListedOncePerImage() throws IOException {
    Dataset twice = DatasetFixture.write(directory.resolve("twice"), "validation", 56, 4, 10);
    Dataset thrice = DatasetFixture.write(directory.resolve("thrice"), "validation", 56, 4, 12);
    List<byte[]> same = new ArrayList<>();
    try (TfRecordReader records = clean.read(clean.manifest().shards().get(0))) {
      byte[] record = records.next();
      same.addAll(List.of(record, record, record));
    }
    Dataset one = DatasetFixture.rewriteFirstShard(twice, same.subList(0, 2));
    Dataset other = DatasetFixture.rewriteFirstShard(thrice, same);

    for (Dataset[] order : new Dataset[][] {{one, other}, {other, one}}) {
      JsonNode pairs =
          new ObjectMapper()
              .readTree(leaks(order[0], order[1], "--json").out())
              .get("result")
              .get("same");
      long ofPicture = 0;
      for (JsonNode pair : pairs) {
        ofPicture += pair.get("first").asText().equals("train0.JPEG") ? 1 : 0;
      }
      assertThat(ofPicture).isEqualTo(order[0] == one ? 2 : 3);
    }
  }

  @Test
  void inspect_withFeatures_listsSimilarImagesToo() throws IOException {
    Location model = ModelFixture.write(directory.resolve("model"), clean, 1);
    for (Dataset each : new Dataset[] {validation, train}) {
      TypedLine made =
          TypedLine.enter(
              "features",
              "--data=" + each.location(),
              "--model=" + model,
              "--output=" + each.location() + "-features");
      assertThat(made.exitCode()).as(made.err()).isZero();
    }
    String[] features = {
      "--features=" + validation.location() + "-features",
      "--features=" + train.location() + "-features",
      "--json",
      "--similarity=0"
    };

    JsonNode result =
        new ObjectMapper().readTree(leaks(validation, train, features).out()).get("result");

    assertThat(result.get("same")).hasSize(5);
    assertThat(result.get("near")).hasSize(9);
    for (JsonNode pair : result.get("near")) {
      assertThat(pair.get("cosine").asDouble()).isBetween(0.0, 1.0);
    }
    TypedLine swapped = leaks(train, validation, features);
    assertThat(swapped.exitCode()).isEqualTo(78);
    assertThat(swapped.err()).contains("give --features in the order of the datasets");
  }

  @Test
  void inspect_datasetsThatCannotBeCompared_areRefused() {
    assertThat(leaks(train, train).exitCode()).isEqualTo(64);
    assertThat(leaks(train, train).err()).contains("are the same dataset; give two");
    Dataset larger = converted("larger", "--size=48");
    Dataset smaller = converted("smaller", "--size=32");
    TypedLine typed = leaks(larger, smaller);
    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.err())
        .contains(
            "larger was converted with size 48 and "
                + smaller.location()
                + " with 32, so the same");
    TypedLine lonely = leaks(larger, smaller, "--features=x");
    assertThat(lonely.exitCode()).isEqualTo(64);
    assertThat(lonely.err()).contains("must be given twice");
  }

  private static Dataset converted(String name, String size) {
    Path archives = directory.resolve("archives");
    TypedLine.enter(
        "synth", "--output=" + archives, "--classes=2", "--train-per-class=2", "--val-per-class=1");
    Path output = directory.resolve(name);
    TypedLine typed = TypedLine.enter("convert", "--input=" + archives, "--output=" + output, size);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return Dataset.open(ObjectStores.standard(), Location.of(output));
  }
}
