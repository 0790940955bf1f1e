package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.TypedLine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code features}, {@code similar} and {@code filters}. */
class SimilarCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static Dataset data;
  private static Location model;

  @BeforeAll
  static void write() {
    data = DatasetFixture.write(directory.resolve("data"), "train", 56, 3, 40);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
  }

  private static TypedLine similar(String output, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "similar";
    arguments[1] = "--data=" + data.location();
    arguments[2] = "--model=" + model;
    arguments[3] = "--output=" + directory.resolve(output);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return TypedLine.enter(arguments);
  }

  @Test
  void similar_imagesOfTheSameDataset_areNotTheirOwnNeighbours() throws IOException {
    TypedLine typed =
        similar("same", "--query=" + data.location(), "--images=2", "--neighbours=3", "--json");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    JsonNode result = JSON.readTree(typed.out()).get("result");
    Path output = directory.resolve("same");
    assertThat(JSON.readTree(output.resolve("neighbours.json").toFile())).isEqualTo(result);
    assertThat(result.get("queries")).hasSize(2);
    // The first image, and the one in the middle, the first of the second shard.
    assertThat(result.get("queries").get(0).get("image").asText()).isEqualTo("train0.JPEG");
    assertThat(result.get("queries").get(1).get("image").asText()).isEqualTo("train1.JPEG");
    for (JsonNode query : result.get("queries")) {
      assertThat(query.get("neighbours")).hasSize(3);
      double before = 0;
      for (JsonNode found : query.get("neighbours")) {
        assertThat(found.get("image")).isNotEqualTo(query.get("image"));
        assertThat(found.get("name").asText()).isEqualTo("bar " + found.get("label").asInt());
        assertThat(found.get("distance").asDouble()).isGreaterThanOrEqualTo(before);
        before = found.get("distance").asDouble();
        assertThat(output.resolve(found.get("file").asText())).isNotEmptyFile();
      }
    }
    BufferedImage picture = ImageIO.read(output.resolve("neighbours.png").toFile());
    // Two pixels per point: margins, a query, the space aside, three neighbours with gaps.
    assertThat(picture.getWidth()).isEqualTo(2 * (16 + 112 + 32 + 3 * 112 + 2 * 8 + 16));
  }

  @Test
  void similar_pictureFile_findsTheImageThatItIs() throws IOException {
    Path output = directory.resolve("written");
    TypedLine written =
        TypedLine.enter(
            "features", "--data=" + data.location(), "--model=" + model, "--output=" + output);
    assertThat(written.exitCode()).as(written.err()).isZero();
    assertThat(written.out()).endsWith(" of each of 40 images in 2 shards at " + output + "\n");
    similar("source", "--query=" + data.location(), "--images=2", "--features=" + output);
    Path picture = directory.resolve("source/images/query-001.jpg");

    TypedLine typed =
        similar("file", "--query=" + picture, "--features=" + output, "--neighbours=1", "--json");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    JsonNode query = JSON.readTree(typed.out()).get("result").get("queries").get(0);
    assertThat(query.get("image").asText()).isEqualTo("query-001.jpg");
    assertThat(query.get("name").asText()).isEmpty();
    assertThat(query.get("neighbours").get(0).get("image").asText()).isEqualTo("train1.JPEG");
    assertThat(directory.resolve("file/features")).doesNotExist();
  }

  @Test
  void similar_featuresOfAnotherModel_areRefused() {
    Path output = directory.resolve("others");
    Location other = ModelFixture.write(directory.resolve("other"), data, 2);
    TypedLine.enter(
        "features", "--data=" + data.location(), "--model=" + other, "--output=" + output);

    TypedLine typed = similar("refused", "--query=" + data.location(), "--features=" + output);

    assertThat(typed.exitCode()).isEqualTo(78);
    assertThat(typed.err())
        .contains(
            output
                + " does not hold the features that "
                + model
                + " computes from one view of each image of ",
            "Leave out --features to compute them again");
  }

  @Test
  void similar_wrongInput_saysWhatIsWrong() throws IOException {
    Path text = Files.writeString(directory.resolve("text.jpg"), "no picture");

    assertThat(similar("wrong", "--query=" + text))
        .satisfies(
            typed -> {
              assertThat(typed.exitCode()).isEqualTo(65);
              assertThat(typed.err())
                  .contains("1 of the queries cannot be read:\n  " + text + ": NOT_AN_IMAGE: ");
            });
    assertThat(similar("wrong", "--query=" + directory.resolve("absent")))
        .satisfies(
            typed -> {
              assertThat(typed.exitCode()).isEqualTo(66);
              assertThat(typed.err()).contains("There is no file or folder ");
            });
    assertThat(similar("wrong", "--query=" + text, "--neighbours=21", "--images=0"))
        .satisfies(
            typed -> {
              assertThat(typed.exitCode()).isEqualTo(64);
              assertThat(typed.err())
                  .contains(
                      "Invalid value for option '--images': '0'; it must be 1 to 1000",
                      "Invalid value for option '--neighbours': '21'; it must be 1 to 20");
            });
    assertThat(directory.resolve("wrong/neighbours.json")).doesNotExist();
  }

  @Test
  void features_wrongFormat_suggestsOne() {
    TypedLine typed =
        TypedLine.enter(
            "features", "--data=a", "--model=b", "--output=c", "--format=npy,tfrecords");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("'tfrecords'; did you mean 'tfrecord'?");
  }

  @Test
  void filters_model_drawsBothTowersInOnePicture() throws IOException {
    Path output = directory.resolve("filters.png");

    TypedLine typed =
        TypedLine.enter("filters", "--model=" + model, "--output=" + output, "--json");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    JsonNode result = JSON.readTree(typed.out()).get("result");
    assertThat(result.get("side").asInt()).isEqualTo(5);
    assertThat(result.get("filters")).extracting(JsonNode::asInt).containsExactly(16, 16);
    BufferedImage picture = ImageIO.read(output.toFile());
    // A heading and a row of sixteen filters, nine pixels per value, for each tower.
    assertThat(picture.getWidth()).isEqualTo(2 * (8 + 16 * (45 + 4) - 4 + 8));
    assertThat(picture.getHeight()).isEqualTo(2 * 2 * (26 + 45 + 8));
  }

  @Test
  void filters_outputOfAnotherKind_isRefused() {
    TypedLine typed = TypedLine.enter("filters", "--model=" + model, "--output=filters.jpg");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err())
        .contains(
            "Invalid value for option '--output': 'filters.jpg'; it must be the name of a .png");
  }

  @Test
  void similar_besideImagesOfSomebodyElse_leavesThemAlone() throws IOException {
    Path images = Files.createDirectories(directory.resolve("mine/images"));
    Path own = Files.writeString(images.resolve("holiday.jpg"), "mine");
    Path earlier = Files.writeString(images.resolve("query-007-neighbour-02.jpg"), "of a run");

    TypedLine typed = similar("mine", "--query=" + data.location(), "--images=1");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(own).hasContent("mine");
    assertThat(earlier).doesNotExist();
    assertThat(images.resolve("query-000.jpg")).isNotEmptyFile();
  }

  @Test
  void similar_intoADataset_isRefused() {
    TypedLine typed = similar("data", "--query=" + data.location(), "--images=1");

    assertThat(typed.exitCode()).isEqualTo(73);
    assertThat(typed.err())
        .contains(" is a dataset (it holds dataset.json), which is never overwritten");
    assertThat(directory.resolve("data/images")).doesNotExist();
  }
}
