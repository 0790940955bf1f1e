package dev.alexnet.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperComparisonTest {
  private static final DatasetManifest VALIDATION =
      manifest("ILSVRC2012 validation archive", "validation", 50_000, 1000);

  @Test
  void of_validationOf2012WithTenViews_comparesWithTable2() {
    PaperComparison comparison =
        PaperComparison.of(ScoresFixture.whole(50_000, 1000, 10, 1, 0.41), VALIDATION);

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

    assertThat(PaperComparison.of(ScoresFixture.whole(150_000, 1000, 10, 1, 0.375), test).text())
        .startsWith("The paper has 37.5 % and 17.0 % on the same set, ILSVRC-2010 test");
    assertThat(PaperComparison.of(ScoresFixture.whole(150_000, 1000, 1, 1, 0.39), test).text())
        .startsWith("The paper has 39.0 % and 18.3 %")
        .contains("with the centre alone");
  }

  @Test
  void of_somethingElse_saysWhyItIsNotComparable() {
    assertThat(why(ScoresFixture.whole(50_000, 1000, 1, 1, 0.41), VALIDATION))
        .isEqualTo(
            "the paper's errors are of ten views of each image, and these are of one; score with --views 10.");
    assertThat(why(ScoresFixture.whole(50_000, 1000, 10, 5, 0.38), VALIDATION))
        .isEqualTo("the paper's errors are of one network, and these are of 5.");
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

  private static String why(Scores scores, DatasetManifest manifest) {
    PaperComparison comparison = PaperComparison.of(scores, manifest);
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
