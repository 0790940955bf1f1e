package dev.alexnet.ops.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.ops.report.ScoresFixture;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperComparisonTest {
  private static final DatasetManifest VALIDATION =
      manifest("ILSVRC2012 validation archive", "validation", 50_000, 1000);

  @Test
  void of_validationOf2012WithTenViews_comparesWithTable2() {
    PaperComparison comparison =
        compared(ScoresFixture.whole(50_000, 1000, 10, 1, 0.41), VALIDATION);

    assertThat(comparison.figure().top1Error()).isEqualTo(0.407);
    assertThat(comparison.text())
        .isEqualTo(
            "The paper has 40.7 % and 18.2 % on the same set, ILSVRC-2012 validation, with the same"
                + " ten views. Top-1 is 0.3 points higher, and the paper's value is inside the"
                + " interval. Top-5 is 2.3 points higher, and the paper's value is outside the"
                + " interval.");
  }

  @Test
  void of_testOf2010_comparesWithTable1AndTheCentreWithItsText() {
    DatasetManifest test = manifest("ILSVRC2010 test archive", "test", 150_000, 1000);

    assertThat(compared(ScoresFixture.whole(150_000, 1000, 10, 1, 0.375), test).text())
        .startsWith("The paper has 37.5 % and 17.0 % on the same set, ILSVRC-2010 test");
    assertThat(compared(ScoresFixture.whole(150_000, 1000, 1, 1, 0.39), test).text())
        .startsWith("The paper has 39.0 % and 18.3 %")
        .contains("with the centre alone");
  }

  @Test
  void of_somethingElse_saysWhyItIsNotComparable() {
    assertThat(why(ScoresFixture.whole(50_000, 1000, 1, 1, 0.41), VALIDATION))
        .isEqualTo(
            "the paper's errors are of ten views of each image, and these are of one; score with --views 10.");
    assertThat(why(ScoresFixture.whole(50_000, 1000, 10, 3, 0.38), VALIDATION))
        .isEqualTo(
            "the paper's errors of ILSVRC-2012 validation are of one network; 5 networks; one"
                + " pre-trained network; 5 networks and 2 pre-trained, and these are of 3 networks.");
    assertThat(
            why(
                ScoresFixture.whole(500, 10, 10, 1, 0.1),
                manifest("ILSVRC2012 validation archive", "validation", 500, 10)))
        .isEqualTo(
            "the paper has errors of all of ILSVRC-2010 test and ILSVRC-2012 validation, and this"
                + " is another: validation, with 500 images of 10 classes.");
    assertThat(why(ScoresFixture.whole(50_000, 1000, 10, 1, 0.41), null))
        .isEqualTo("the dataset that was scored was not found, so its set is unknown.");
    assertThat(why(ScoresFixture.of(100, 0, 100, 0, 10), null)).isEqualTo("no image has a label.");
    assertThat(why(ScoresFixture.of(100, 0, 0, 100, 10), null))
        .isEqualTo("no image could be decoded.");
  }

  @Test
  void of_fiveNetworks_comparesWithTheirRow() {
    assertThat(compared(ScoresFixture.whole(50_000, 1000, 10, 5, 0.38), VALIDATION).text())
        .startsWith("The paper has 38.1 % and 16.4 % on the same set, ILSVRC-2012 validation");
  }

  /** Five plain networks and two with a sixth convolution, or one of these alone. */
  @Test
  void of_preTrainedNetworks_comparesWithTheirRows() {
    List<String> seven = new ArrayList<>(Collections.nCopies(5, "published"));
    seven.addAll(List.of("conv6", "conv6"));
    assertThat(compared(ScoresFixture.of(0.37, seven), VALIDATION).text())
        .startsWith("The paper has 36.7 % and 15.4 %");
    Scores one = ScoresFixture.of(0.4, List.of("conv6"));
    assertThat(compared(one, VALIDATION).text()).startsWith("The paper has 39.0 % and 16.6 %");
    PaperComparison alone =
        PaperComparison.of(one, VALIDATION, model -> Optional.of(Map.of("initial-model", "none")));
    assertThat(alone.figure()).isNull();
    assertThat(alone.text())
        .isEqualTo(
            "Not comparable with the paper: the paper prints no error of 'conv6' that was not"
                + " trained on another set first.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "half | the paper prints no error of 'half'; it says that two towers are 1.7 and 1.2 points"
            + " better (section 3.2).",
        "published without lrn | the paper prints no error of 'published without lrn'; it says that"
            + " normalisation gains 1.4 and 1.2 points (section 3.3).",
        "published without overlap | the paper prints no error of 'published without overlap'; it"
            + " says that overlapping pooling gains 0.4 and 0.3 points (section 3.4).",
        "mini | the paper prints no error of 'mini'."
      })
  void of_anotherNetwork_saysWhatThePaperSaysOfIt(String preset, String expected) {
    assertThat(why(ScoresFixture.of(0.4, List.of(preset)), VALIDATION)).isEqualTo(expected);
  }

  @Test
  void of_aTrainingWithoutColourNoise_saysWhatThePaperSaysOfIt() {
    PaperComparison comparison =
        PaperComparison.of(
            ScoresFixture.of(0.4, List.of("published")),
            VALIDATION,
            model -> Optional.of(Map.of("augmentation", "no-colour-noise")));
    assertThat(comparison.text())
        .isEqualTo(
            "Not comparable with the paper: the paper prints no error with --augmentation"
                + " no-colour-noise; it says that colour noise gains over 1 point of top-1 error"
                + " (section 4.1).");
  }

  private static PaperComparison compared(Scores scores, DatasetManifest manifest) {
    return PaperComparison.of(scores, manifest, model -> Optional.empty());
  }

  private static String why(Scores scores, DatasetManifest manifest) {
    PaperComparison comparison = compared(scores, manifest);
    assertThat(comparison.figure()).isNull();
    String start = "Not comparable with the paper: ";
    assertThat(comparison.text()).startsWith(start);
    return comparison.text().substring(start.length());
  }

  private static DatasetManifest manifest(String source, String split, int images, int classes) {
    List<ClassLabel> labels = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      labels.add(new ClassLabel(String.format("n%08d", label), "class " + label));
    }
    return new DatasetManifest(
        DatasetManifest.SCHEMA_VERSION,
        split,
        images,
        0,
        256,
        256,
        RecordSchema.TFDS,
        LabelOrder.WNID.title(),
        0,
        labels,
        List.of(new Shard(split + "-00000-of-00001.tfrecord", images, 1, 0)),
        Collections.emptySortedMap(),
        List.of(),
        Map.of(),
        source);
  }
}
