package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.TypedLine;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static Path pictures;
  private static Path dataset;
  private static Location model;

  /** Class folders of pictures, the dataset that they convert to, and a model for it. */
  @BeforeAll
  static void write() throws IOException {
    pictures = directory.resolve("pictures");
    for (String name : new String[] {"apple", "pear", "plum"}) {
      Path folder = Files.createDirectories(pictures.resolve(name));
      for (int i = 0; i < 2; i++) {
        draw(folder.resolve(name + i + (i == 0 ? ".JPEG" : ".png")), name.hashCode() + 99 * i);
      }
    }
    dataset = directory.resolve("dataset");
    TypedLine converted =
        TypedLine.enter(
            "convert", "--input=" + pictures, "--output=" + dataset, "--size=56", "--shards=1");
    assertThat(converted.exitCode()).as(converted.err()).isZero();
    Dataset data = Dataset.open(ObjectStores.standard(), Location.of(dataset));
    model = ModelFixture.write(directory.resolve("model"), data, 1);
  }

  private static void draw(Path file, int seed) throws IOException {
    BufferedImage image = new BufferedImage(90, 70, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(seed & 0xffffff));
    graphics.fillRect(0, 0, 90, 70);
    graphics.setColor(new Color(~seed & 0xffffff));
    graphics.fillOval(10 + (seed & 15), 10, 40, 40);
    graphics.dispose();
    ImageIO.write(image, file.toString().endsWith("png") ? "png" : "jpg", file.toFile());
  }

  @Test
  void predict_filesOfADataset_saysWhatScoreSays() throws IOException {
    for (String views : new String[] {"1", "10"}) {
      Path scores = directory.resolve("scores" + views);
      TypedLine scored =
          TypedLine.enter(
              "score",
              "--data=" + dataset,
              "--model=" + model,
              "--output=" + scores,
              "--views=" + views);
      assertThat(scored.exitCode()).as(scored.err()).isZero();
      Map<String, JsonNode> rows = new HashMap<>();
      for (String line : Files.readAllLines(scores.resolve("predictions.jsonl"))) {
        JsonNode row = JSON.readTree(line);
        String image = row.get("image").asText();
        rows.put(image.substring(image.lastIndexOf('/') + 1), row);
      }

      TypedLine typed =
          TypedLine.enter(
              "predict", "--model=" + model, "--views=" + views, "--json", pictures.toString());

      assertThat(typed.exitCode()).as(typed.err()).isZero();
      JsonNode all = JSON.readTree(typed.out()).get("result").get("pictures");
      assertThat(all).hasSize(6);
      for (JsonNode picture : all) {
        JsonNode row = rows.get(Path.of(picture.get("file").asText()).getFileName().toString());
        assertThat(picture.get("guesses")).hasSize(3);
        for (int i = 0; i < 3; i++) {
          JsonNode guess = picture.get("guesses").get(i);
          assertThat(guess.get("label")).isEqualTo(row.get("top5").get(i));
          assertThat(guess.get("probability").asDouble())
              .isCloseTo(row.get("probabilities").get(i).asDouble(), within(1e-5));
        }
      }
    }
  }

  @Test
  void predict_oneFile_drawsOneBarPerClass() {
    TypedLine typed =
        TypedLine.enter(
            "predict",
            "--model=" + model,
            "--top=2",
            pictures.resolve("pear/pear1.png").toString());

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out().lines().toList())
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(0)).endsWith("pear/pear1.png"))
        .satisfies(
            lines ->
                assertThat(lines.subList(1, 3))
                    .allMatch(
                        line ->
                            line.matches(" +\\d+\\.\\d %  [█▏▎▍▌▋▊▉ ]{24}  (apple|pear|plum)")));
  }

  @Test
  void predict_damagedPictures_listsEachAndPredictsTheRest() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("mixed/deeper"));
    Path whole = pictures.resolve("apple/apple0.JPEG");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(bytes, bytes.length / 2));
    Files.writeString(folder.resolve("page.png"), "<html>");
    Files.writeString(folder.resolve("notes.txt"), "no picture, by its name");
    Files.copy(whole, folder.resolve("whole.jpg"));

    TypedLine typed = TypedLine.enter("predict", "--model=" + model, folder.getParent().toString());

    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.out())
        .contains("cut.jpg\n  not read: TRUNCATED: ")
        .contains("page.png\n  not read: NOT_AN_IMAGE: ")
        .containsPattern("whole.jpg\n +\\d+\\.\\d %")
        .doesNotContain("notes");
    assertThat(typed.err()).contains("2 of 3 pictures could not be read, see above");
  }

  @Test
  void predict_missingInput_saysSo() throws IOException {
    TypedLine missing = TypedLine.enter("predict", "--model=" + model, "nothing.jpg");
    assertThat(missing.exitCode()).isEqualTo(66);
    assertThat(missing.err()).contains("There is no file or folder nothing.jpg");
    Path empty = Files.createDirectories(directory.resolve("empty"));
    TypedLine none = TypedLine.enter("predict", "--model=" + model, empty.toString());
    assertThat(none.exitCode()).isEqualTo(66);
    assertThat(none.err()).contains("There is no picture in ");
    TypedLine wrong =
        TypedLine.enter("predict", "--model=" + model, "--views=3", "--resize=aera", "x.jpg");
    assertThat(wrong.exitCode()).isEqualTo(64);
    assertThat(wrong.err())
        .contains("Invalid value for option '--views': '3'; it must be 1 or 10")
        .contains("Invalid value for option '--resize': 'aera'; did you mean 'area'?");
  }

  @Test
  void predict_picturesOfOtherFormats_areListedAndCounted() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("formats"));
    Files.copy(pictures.resolve("apple/apple0.JPEG"), folder.resolve("whole.jpg"));
    Files.writeString(folder.resolve("phone.HEIC"), "....ftypheic....");

    TypedLine typed = TypedLine.enter("predict", "--model=" + model, folder.toString());

    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.out())
        .contains(
            "phone.HEIC\n  not read: UNSUPPORTED: it is a HEIC file, which is not supported: convert it to JPEG or PNG (JPEG, PNG, GIF, BMP, TIFF and WebP are read)\n")
        .containsPattern("whole.jpg\n +\\d+\\.\\d %");
    assertThat(typed.err()).contains("1 of 2 pictures could not be read, see above");

    TypedLine asJson = TypedLine.enter("predict", "--json", "--model=" + model, folder.toString());

    assertThat(asJson.exitCode()).isEqualTo(65);
    JsonNode object = JSON.readTree(asJson.out());
    assertThat(object.get("result").get("pictures")).hasSize(2);
    assertThat(object.get("error").get("code").asInt()).isEqualTo(65);
    assertThat(object.get("error").get("message").asText())
        .isEqualTo("1 of 2 pictures could not be read, see above");
  }

  @Test
  void predict_filesThatCannotBeOpenedOrNamed_stopNoOther() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("names"));
    for (String name : new String[] {"a.jpg", "caf%E8.jpg", "caf%E9.jpg"}) {
      Files.copy(pictures.resolve("apple/apple0.JPEG"), Path.of(URI.create(folder.toUri() + name)));
    }
    Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("moved.jpg"));

    TypedLine typed = TypedLine.enter("predict", "--model=" + model, folder.toString());

    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(65);
    assertThat(typed.err()).contains("1 of 4 pictures could not be read, see above");
    assertThat(typed.out())
        .containsPattern("/a.jpg\n +\\d+\\.\\d %")
        .containsPattern("/caf\\\\xe8.jpg\n +\\d+\\.\\d %")
        .containsPattern("/caf\\\\xe9.jpg\n +\\d+\\.\\d %")
        .contains("/link.jpg\n  not read: Cannot read ");
    // As Java gives the arguments of "predict names/caf*.jpg".
    String argument = folder + "/caf\uFFFD.jpg";
    TypedLine globbed =
        TypedLine.enter("predict", "--model=" + model, argument, argument, folder + "/a.jpg");
    assertThat(globbed.exitCode()).as(globbed.err()).isZero();
    assertThat(globbed.out().lines().filter(line -> line.startsWith("/")))
        .containsExactly(folder + "/caf\\xe8.jpg", folder + "/caf\\xe9.jpg", folder + "/a.jpg");
  }

  @Test
  void predict_fileLargerThanTheHeap_isNotRead() throws IOException {
    Path film = directory.resolve("film.jpg");
    try (RandomAccessFile sparse = new RandomAccessFile(film.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }

    TypedLine typed = TypedLine.enter("predict", "--model=" + model, film.toString());

    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(65);
    assertThat(typed.out())
        .isEqualTo(
            film + "\n  not read: TOO_LARGE: it has 3221225472 bytes; the limit is 67108864\n");
  }
}
