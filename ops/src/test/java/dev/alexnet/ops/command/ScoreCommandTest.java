package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.TypedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.SavedModel;

/** The messages and exit codes of {@code score} and {@code evaluate}, mostly for wrong input. */
class ScoreCommandTest {
  private static final int CLASSES = 6;

  @TempDir static Path directory;
  private static Dataset data;
  private static Location model;
  private static Location other;

  @BeforeAll
  static void write() {
    data = DatasetFixture.write(directory.resolve("data"), "validation", 56, CLASSES, 25);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
    other = ModelFixture.write(directory.resolve("other"), data, 2);
  }

  private static TypedLine score(Location dataset, Object model, String output, String... more) {
    List<String> line = new ArrayList<>();
    line.add("score");
    line.add("--data=" + dataset);
    line.add("--model=" + model);
    line.add("--output=" + directory.resolve(output));
    line.addAll(List.of(more));
    return TypedLine.enter(line.toArray(String[]::new));
  }

  private static void assertFailure(TypedLine typed, int exitCode, String... messages) {
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(exitCode);
    assertThat(typed.err()).contains(messages).doesNotContain("\tat ");
  }

  /** The model with another SavedModel, whose hash is that of the description or not. */
  private static Path model(String name, byte[] savedModel, boolean described) throws IOException {
    Path source = Path.of(model.value());
    Path copy = Files.createDirectories(directory.resolve(name));
    Files.write(copy.resolve("saved_model.pb"), savedModel);
    String description = Files.readString(source.resolve("model.json"));
    String hash = Sha256.of(Files.readAllBytes(source.resolve("saved_model.pb")));
    Files.writeString(
        copy.resolve("model.json"),
        described ? description.replace(hash, Sha256.of(savedModel)) : description);
    return copy;
  }

  @Test
  void score_ofADamagedModel_saysWhichFile() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(model.value(), "saved_model.pb"));
    bytes[bytes.length / 3] ^= 4;
    assertFailure(
        score(data.location(), model("damaged", bytes, false), "a"),
        65,
        "damaged/saved_model.pb is not the file that model.json describes: it is damaged, or "
            + "belongs to another model. Copy");
    Path scribbled = model("scribbled", bytes, false);
    Files.writeString(scribbled.resolve("model.json"), "{\"schemaVersion\": 1");
    assertFailure(
        score(data.location(), scribbled, "a"),
        65,
        "scribbled/model.json is not what was expected");
    Path half = model("half", bytes, false);
    Files.delete(half.resolve("saved_model.pb"));
    assertFailure(score(data.location(), half, "a"), 66, "half/saved_model.pb");
    assertFailure(
        score(data.location(), model("text", new byte[] {1, 2, 3}, true), "a"),
        65,
        "text/saved_model.pb does not load: it is not a SavedModel");
    assertThat(directory.resolve("a/scores.json")).doesNotExist();
  }

  @Test
  void score_ofASavedModelOfSomethingElse_saysWhatIsMissing() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(model.value(), "saved_model.pb"));
    SavedModel.Builder builder = SavedModel.parseFrom(bytes).toBuilder();
    builder.getMetaGraphsBuilder(0).removeSignatureDef("serving_default");
    assertFailure(
        score(data.location(), model("unsigned", builder.build().toByteArray(), true), "b"),
        65,
        "has no signature 'serving_default' with the input 'images' and the output 'probabilities'");
  }

  @Test
  void score_ofASignatureWithAnUnknownInput_isAFaultOfTheModelAndNotOfItsImages()
      throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(model.value(), "saved_model.pb"));
    SavedModel.Builder builder = SavedModel.parseFrom(bytes).toBuilder();
    var graph = builder.getMetaGraphsBuilder(0);
    var signature = graph.getSignatureDefOrThrow("serving_default").toBuilder();
    signature.putInputs("scale", signature.getInputsOrThrow("images"));
    graph.putSignatureDef("serving_default", signature.build());
    assertFailure(
        score(
            data.location(), model("scaled", builder.build().toByteArray(), true), "scaled-scores"),
        65,
        "its signature 'serving_default' needs the input 'scale', which is unknown");
    assertThat(directory.resolve("scaled-scores/scores.json")).doesNotExist();
  }

  @Test
  void score_ofADescriptionWithMoreClassesThanTheModelGives_namesBothNumbers() throws IOException {
    Dataset more = DatasetFixture.write(directory.resolve("more"), "validation", 56, 8, 9);
    Location ofMore = ModelFixture.write(directory.resolve("of-more"), more, 1);
    byte[] narrow = Files.readAllBytes(Path.of(model.value(), "saved_model.pb"));
    Path mixed = Files.createDirectories(directory.resolve("mixed"));
    Files.write(mixed.resolve("saved_model.pb"), narrow);
    Path ofMoreFile = Path.of(ofMore.value());
    Files.writeString(
        mixed.resolve("model.json"),
        Files.readString(ofMoreFile.resolve("model.json"))
            .replace(
                Sha256.of(Files.readAllBytes(ofMoreFile.resolve("saved_model.pb"))),
                Sha256.of(narrow)));
    assertFailure(
        score(more.location(), mixed, "mixed-scores"),
        65,
        "gives 6 probabilities for each image, but its model.json has 8 classes");
  }

  @Test
  void score_ofFiveClasses_saysThatThereIsNoTop5Error() {
    Dataset five = DatasetFixture.write(directory.resolve("five"), "validation", 56, 5, 10);
    Location trained = ModelFixture.write(directory.resolve("model-of-five"), five, 1);

    TypedLine typed = score(five.location(), trained, "scores-of-five");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .containsPattern(
            "^top-1 error [\\d.]+ % \\(\\d+ of 10\\), no top-5 error \\(five guesses always have"
                + " one of 5 classes\\)\n$");
  }

  @Test
  void score_ofSomeOfTheModelsClasses_saysBothErrors() {
    List<ClassLabel> classes = data.manifest().classes();
    Dataset subset =
        DatasetFixture.write(
            directory.resolve("subset"),
            "validation",
            56,
            List.of(classes.get(1), classes.get(4)),
            List.of(
                new DatasetFixture.Named("a.JPEG", 0, 0),
                new DatasetFixture.Named("b.JPEG", 1, 1)));

    TypedLine typed = score(subset.location(), model, "scores-of-subset");

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .containsPattern(
            "^top-1 error [\\d.]+ % \\(\\d of 2\\), top-5 error [\\d.]+ % \\(\\d of 2\\) over the"
                + " model's 6 classes\nOver the subset's 2: top-1 error [\\d.]+ % \\(\\d of 2\\)\n$");
    TypedLine inspected =
        TypedLine.enter("inspect", directory.resolve("scores-of-subset").toString());
    assertThat(inspected.out())
        .containsPattern("top-1 error over the subset's 2 +[\\d.]+ % \\(")
        .doesNotContain("top-5 error over the subset");
  }

  @Test
  void score_byOtherLabels_saysWhoseAndHowManyImagesAreLeftOut() throws IOException {
    Path truth =
        Files.writeString(
            directory.resolve("truth.csv"), "validation0.JPEG,0 1 2 3 4 5\nvalidation1.JPEG,\n");

    TypedLine typed = score(data.location(), model, "scores-by-truth", "--truth=" + truth);

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            "top-1 error 0.0 %% (0 of 1), top-5 error 0.0 %% (0 of 1)\nBy the labels of %s; 1 image of no class left out\n"
                .formatted("truth.csv"));
    assertThat(typed.err()).contains("truth.csv says nothing about 23 of 25 images");
    TypedLine inspected =
        TypedLine.enter("inspect", directory.resolve("scores-by-truth").toString());
    assertThat(inspected.out()).contains("truth.csv: 1 image of no class");
    assertFailure(
        score(
            data.location(),
            model,
            "i",
            "--model=" + other,
            "--find-weights",
            "--truth=" + directory.resolve("truth.csv")),
        64,
        "find-weights finds the weights by the dataset's labels; leave out --truth");
  }

  @Test
  void score_ofImagesWithoutLabels_saysSoAndGivesNoErrors() throws IOException {
    Dataset unlabelled =
        DatasetFixture.writeUnlabelled(directory.resolve("unlabelled"), "test", 56, CLASSES, 7);
    TypedLine typed = score(unlabelled.location(), model, "unlabelled-scores");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("7 images predicted, none has a label")
        .doesNotContain("100.0 %");
    JsonNode scores =
        new ObjectMapper().readTree(directory.resolve("unlabelled-scores/scores.json").toFile());
    assertThat(scores.get("top1_error").isNull()).isTrue();
    assertThat(scores.get("errors").get(0).get("interval").isNull()).isTrue();
  }

  @Test
  void score_ofAModelThatGivesNoNumbers_saysSo() {
    Location broken = ModelFixture.writeConstant(directory.resolve("nan"), data, Float.NaN);
    assertFailure(
        score(data.location(), broken, "c"),
        79,
        "nan gives probabilities that are not finite numbers");
  }

  @Test
  void score_ofARecordThatDoesNotDecode_writesItsRowAndEndsAsBadData() throws IOException {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(
            directory.resolve("broken"), "validation", 56, CLASSES, 25);
    assertFailure(
        score(broken.location(), model, "d"),
        65,
        "1 of 25 records cannot be decoded; the settings allow 0");
    assertThat(Files.readAllLines(directory.resolve("d/predictions.jsonl")))
        .hasSize(25)
        .filteredOn(line -> line.contains("\"status\":\"undecodable: "))
        .singleElement()
        .asString()
        .contains("\"image\":\"validation0.JPEG\"");
    JsonNode scores = new ObjectMapper().readTree(directory.resolve("d/scores.json").toFile());
    assertThat(scores.get("scored").asInt()).isEqualTo(24);
    assertThat(scores.get("undecodable").asInt()).isEqualTo(1);
    assertThat(score(broken.location(), model, "d", "--max-rejected=1").exitCode()).isZero();
  }

  @Test
  void score_again_saysThatItWasCompleteAlready() {
    TypedLine first = score(data.location(), model, "twice");
    TypedLine again = score(data.location(), model, "twice");

    assertThat(first.out()).startsWith("top-1 error ");
    assertThat(again.out()).isEqualTo("already complete: " + first.out());
  }

  @Test
  void score_ofAnEmptyDataset_saysSo() {
    Dataset empty =
        DatasetFixture.writeEmpty(directory.resolve("empty"), "validation", 56, CLASSES);
    assertFailure(score(empty.location(), model, "e"), 65, "empty holds no image");
  }

  @Test
  void score_findingWeights_printsThemAsTheyAreGivenBack() throws IOException {
    TypedLine typed =
        score(data.location(), model, "f", "--model=" + other, "--find-weights", "--top=6");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    JsonNode scores = new ObjectMapper().readTree(directory.resolve("f/scores.json").toFile());
    JsonNode found = scores.get("found_weights").get("weights");
    String weights = found.get(0).asText() + "," + found.get(1).asText();
    assertThat(typed.out()).contains("With --weights " + weights + ": top-1 error ");
    assertThat(scores.get("errors")).hasSize(6);
    TypedLine weighted =
        score(data.location(), model, "g", "--model=" + other, "--weights=" + weights);
    assertThat(weighted.exitCode()).as(weighted.err()).isZero();
    JsonNode again = new ObjectMapper().readTree(directory.resolve("g/scores.json").toFile());
    assertThat(again.get("top1_error")).isEqualTo(scores.get("found_weights").get("top1_error"));
    assertThat(again.get("top5_error")).isEqualTo(scores.get("found_weights").get("top5_error"));
  }

  @Test
  void score_withWrongValues_saysAll() {
    assertFailure(
        score(data.location(), model, "h", "--top=6,0", "--views=3", "--devices="),
        64,
        "Invalid value for option '--top' (N): '0'; it must be at least 1",
        "Invalid value for option '--views': '3'; it must be 1 or 10",
        "Invalid value for option '--devices': it is empty");
  }

  @Test
  void score_withSettingsThatContradictEachOther_saysAll() {
    assertFailure(
        score(data.location(), model, "h", "--find-weights", "--weights=1"),
        64,
        "give either --weights or --find-weights",
        "find-weights needs several models");
    assertFailure(score(data.location(), model, "h", "--devices=tpu"), 64, "'tpu' is not a device");
    assertFailure(
        score(data.location(), model, "h", "--devices=gpu:9"), 80, "There is no device gpu:9");
  }

  @Test
  void train_withoutTheMeanImage_saysWhereItWas() throws IOException {
    DatasetFixture.write(directory.resolve("meanless"), "train", 56, CLASSES, 12);
    Files.delete(directory.resolve("meanless/mean_image.f32"));
    assertFailure(
        TypedLine.enter(
            "train",
            "--data=" + directory.resolve("meanless"),
            "--workdir=" + directory.resolve("work"),
            "--preset=mini",
            "--steps=1",
            "--batch=4"),
        66,
        "meanless/mean_image.f32 is missing, the mean image that training subtracts");
  }

  @Test
  void evaluate_ofFilesThatDoNotFit_saysWhere() throws IOException {
    Path submission = Files.writeString(directory.resolve("s.txt"), "1 2 3\n4 5 1001\n");
    Path truth = Files.writeString(directory.resolve("t.txt"), "1\n2\n3\n");
    Path two = Files.writeString(directory.resolve("two.txt"), "1\n2\n");
    Path good = Files.writeString(directory.resolve("good.txt"), "1 2 3\n4 5 6\n");
    Path empty = Files.writeString(directory.resolve("none.txt"), "\n");
    assertFailure(
        evaluate(good, truth), 78, "good.txt has 2 lines and ", "t.txt has 3; both must have one");
    assertFailure(
        evaluate(submission, two), 65, "s.txt, line 2, '4 5 1001': 1001 is not one of the ids");
    assertFailure(evaluate(empty, two), 65, "none.txt, the submission, is empty");
    assertFailure(evaluate(good, directory.resolve("no.txt")), 66, "no.txt, the ground truth");
  }

  private static TypedLine evaluate(Path submission, Path truth) {
    return TypedLine.enter("evaluate", "--submission=" + submission, "--truth=" + truth);
  }
}
