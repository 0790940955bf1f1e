package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring by other labels than those that the model's own classes would give. */
class OtherTruthTest {
  private static final int CLASSES = 12;
  private static final int IMAGES = 24;

  @TempDir static Path directory;
  private static Dataset all;
  private static Location model;

  @BeforeAll
  static void write() {
    all = DatasetFixture.write(directory.resolve("all"), "validation", 56, CLASSES, IMAGES);
    model = ModelFixture.write(directory.resolve("model"), all, 1);
  }

  /** The same pictures in fewer classes: 2, 5, 9 and so on of the model's are 0, 1, 2 here. */
  private static Dataset subset(String name, List<Integer> classes) {
    List<ClassLabel> labels =
        classes.stream().map(label -> all.manifest().classes().get(label)).toList();
    List<DatasetFixture.Named> images = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      int label = i % classes.size();
      images.add(new DatasetFixture.Named("image" + i + ".JPEG", label, label));
    }
    return DatasetFixture.write(directory.resolve(name), "validation", 56, labels, images);
  }

  private static Scores score(Dataset data, String output, String truth) {
    var settings =
        ScoreSettings.builder()
            .set(ScoreSettings.DATA, data.location())
            .set(ScoreSettings.MODEL, List.of(model))
            .set(ScoreSettings.OUTPUT, Location.of(directory.resolve(output)))
            .set(ScoreSettings.TOP, List.of(7, 12))
            .set(InferenceSettings.BATCH, 8);
    if (truth != null) {
      settings.set(ScoreSettings.TRUTH, Location.of(directory.resolve(truth)));
    }
    return new ScorePipeline(ObjectStores.standard())
        .run(settings.build(), PipelineOptionsFactory.create(), Progress.SILENT);
  }

  private static Map<String, Prediction> rows(String output) throws IOException {
    Map<String, Prediction> rows = new HashMap<>();
    Path file = directory.resolve(output).resolve("predictions.jsonl");
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      Prediction row =
          Json.read(line.getBytes(StandardCharsets.UTF_8), Prediction.class, "the row");
      rows.put(row.image(), row);
    }
    return rows;
  }

  @Test
  void run_onSomeOfTheModelsClasses_scoresByWnidAmongAllAndAmongThose() throws IOException {
    List<Integer> classes = List.of(2, 3, 5, 7, 8, 9, 11);
    Dataset subset = subset("subset", classes);

    Scores scores = score(subset, "subset-scores", null);

    assertThat(scores.counts().classes()).isEqualTo(CLASSES);
    assertThat(scores.rates().errors())
        .extracting(ErrorWithin::guesses)
        .containsExactly(1, 2, 3, 4, 5, 7, 12);
    assertThat(scores.rates().errors().get(6).error()).as("within all classes").isZero();
    SubsetErrors among = scores.rates().subset();
    assertThat(among.classes()).isEqualTo(7);
    assertThat(among.errors())
        .extracting(ErrorWithin::guesses)
        .as("not within more than there are")
        .containsExactly(1, 2, 3, 4, 5, 7);
    assertThat(among.within(1).error()).isLessThanOrEqualTo(scores.rates().top1Error());
    int wrong = 0;
    int wrongAmong = 0;
    for (Prediction row : rows("subset-scores").values()) {
      int number = Integer.parseInt(row.image().replaceAll("\\D", ""));
      assertThat(row.label()).isEqualTo(classes.get(number % 7).longValue());
      assertThat(classes).containsAll(row.subset().top5());
      wrong += row.top5().get(0) == row.label() ? 0 : 1;
      wrongAmong += row.subset().top5().get(0) == row.label() ? 0 : 1;
    }
    assertThat(scores.rates().top1Error()).isEqualTo(wrong / 14.0);
    assertThat(among.within(1).error()).isEqualTo(wrongAmong / 14.0);
    assertThat(Scores.read(ObjectStores.standard(), file("subset-scores"))).isEqualTo(scores);
  }

  @Test
  void run_onAClassThatTheModelDoesNotHave_isRefused() {
    List<ClassLabel> labels =
        List.of(all.manifest().classes().get(3), new ClassLabel("n99999999", "unknown"));
    Dataset other =
        DatasetFixture.write(
            directory.resolve("unknown"),
            "validation",
            56,
            labels,
            List.of(new DatasetFixture.Named("a.JPEG", 0, 0)));

    assertThatFailure(() -> score(other, "unknown-scores", null))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("2 classes against 12; only in the first: n99999999; only in the");
  }

  @Test
  void run_byACsvOfLabels_countsTheBestRightLabelAndSaysWhatIsLeftOut() throws IOException {
    score(all, "own", null);
    Map<String, Prediction> own = rows("own");
    List<Integer> first = own.get("validation0.JPEG").top5();
    String wnid = all.manifest().classes().get(first.get(2)).wnid();
    Files.writeString(
        directory.resolve("truth.csv"),
        """
        name,labels
        validation0.JPEG,%d %s
        validation1.JPEG,%d
        validation2.JPEG,
        """
            .formatted(first.get(4), wnid, own.get("validation1.JPEG").top5().get(0)));

    Scores scores = score(all, "by-csv", "truth.csv");

    assertThat(scores.counts()).isEqualTo(new ImageCounts(IMAGES, 2, IMAGES - 2, 0, 0, 0, CLASSES));
    assertThat(scores.rates().errors())
        .extracting(ErrorWithin::error)
        .containsExactly(0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0);
    assertThat(scores.inputs().truth().ofNoClass()).isEqualTo(1);
    assertThat(scores.warnings())
        .containsExactly(
            directory.resolve("truth.csv")
                + " says nothing about 21 of 24 images, so they are not scored. Check that it has the names of the dataset's images");
    Map<String, Prediction> rows = rows("by-csv");
    assertThat(rows.get("validation0.JPEG").label()).isEqualTo((long) first.get(2));
    assertThat(rows.get("validation0.JPEG").right())
        .isEqualTo(new Prediction.RightLabels(List.of(first.get(4), first.get(2)), 1));
    assertThat(rows.get("validation2.JPEG").right())
        .isEqualTo(new Prediction.RightLabels(List.of(), 0));
    assertThat(rows.get("validation3.JPEG").right()).isNull();
    assertThat(score(all, "by-csv", "truth.csv")).as("run again").isEqualTo(scores);
    assertThatFailure(() -> score(all, "by-csv", null))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("holds scores by other labels");
  }

  @Test
  void run_byLabelsOfOtherImages_isRefusedBeforeItScores() throws IOException {
    Files.writeString(directory.resolve("others.csv"), "Image,Label\nval/1.JPEG,4.0\n");

    assertThatFailure(() -> score(all, "by-others", "others.csv"))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "%s names no image of %s: the first that it names is 'val/1.JPEG', and the first of the dataset is 'validation0.JPEG'. Give a file with the names of the dataset's images"
                .formatted(directory.resolve("others.csv"), all.location()));
    assertThat(directory.resolve("by-others")).doesNotExist();
  }

  @Test
  void run_byLabelsOfMoreImages_saysHowManyAndNamesTheFirst() throws IOException {
    StringBuilder lines = new StringBuilder("IMAGE,label\n");
    for (int i = 0; i < IMAGES + 2; i++) {
      lines.append("validation").append(i).append(".JPEG,4.0\n");
    }
    Files.writeString(directory.resolve("more.csv"), lines);

    Scores scores = score(all, "by-more", "more.csv");

    assertThat(scores.counts().scored()).isEqualTo(IMAGES);
    assertThat(rows("by-more").get("validation3.JPEG").right().labels()).containsExactly(4);
    assertThat(scores.warnings())
        .containsExactly(
            "%s is also about 2 images that the dataset does not have, first validation24.JPEG"
                .formatted(directory.resolve("more.csv")));
  }

  @Test
  void run_byRealsLabelsWithAModelOfOtherClasses_isRefused() throws IOException {
    Files.writeString(directory.resolve("real.json"), "[[1]]");

    assertThatFailure(() -> score(all, "by-real", "real.json"))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining(
            "has labels of the 1,000 classes of ILSVRC2012, in the order of their wnids; the model has 12 classes, which are others");
    assertThat(directory.resolve("by-real")).doesNotExist();
  }

  private static Location file(String output) {
    return Location.of(directory.resolve(output).resolve(Scores.FILE));
  }
}
