package dev.alexnet.model.prediction;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.ModelFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("numbers")
class EnsembleTest {
  private static final int CLASSES = 7;
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir static Path directory;
  private static Dataset data;
  private static Location first;
  private static Location second;
  private static List<byte[]> files;

  @BeforeAll
  static void exportModels() {
    data = DatasetFixture.write(directory.resolve("data"), "train", 56, CLASSES, 10);
    first = ModelFixture.write(directory.resolve("first"), data, 1);
    second = ModelFixture.write(directory.resolve("second"), data, 2);
    files =
        ImageRecords.of(data, data.manifest().shards().get(0)).stream()
            .map(ImageRecord::image)
            .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void predict_ofTwoModels_isTheMeanOfTheirPredictions(int views) {
    float[][] one = predict(List.of(first), List.of(), views);
    float[][] other = predict(List.of(second), List.of(), views);
    float[][] both = predict(List.of(first, second), List.of(), views);
    float[][] weighted = predict(List.of(first, second), List.of(3.0, 1.0), views);
    assertThat(one[0]).isNotEqualTo(other[0]);
    for (int file = 0; file < files.size(); file++) {
      for (int label = 0; label < CLASSES; label++) {
        double mean = 0.5 * one[file][label] + 0.5 * other[file][label];
        assertThat((double) both[file][label]).isCloseTo(mean, within(1e-7));
        double threeToOne = 0.75 * one[file][label] + 0.25 * other[file][label];
        assertThat((double) weighted[file][label]).isCloseTo(threeToOne, within(1e-7));
      }
    }
  }

  @Test
  void predict_ofOneModelTwice_isItsPrediction() {
    assertThat(predict(List.of(first, first), List.of(), 1))
        .isDeepEqualTo(predict(List.of(first), List.of(), 1));
  }

  private static float[][] predict(List<Location> models, List<Double> weights, int views) {
    try (Ensemble ensemble = Ensemble.load(STORE, Ensemble.members(models, weights), 8)) {
      return ensemble.predict(files, views);
    }
  }

  @Test
  void predict_modelGivesNaN_isRefused() {
    Location broken = ModelFixture.writeConstant(directory.resolve("nan"), data, Float.NaN);
    assertThatFailure(() -> predict(List.of(first, broken), List.of(), 1))
        .isOfKind(Failure.Kind.NOT_FINITE)
        .hasMessageContaining("nan gives probabilities that are not finite numbers");
  }

  @Test
  void load_ofModelsOfOtherClasses_namesTheDifference() {
    Dataset others = DatasetFixture.write(directory.resolve("others"), "train", 56, 5, 10);
    Location model = ModelFixture.write(directory.resolve("fewer"), others, 1);
    assertThatFailure(() -> predict(List.of(first, model), List.of(), 1))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("7 classes against 5; only in the first: n00000005, n00000006");
  }

  @Test
  void members_ofWeightsThatDoNotFit_areRefused() {
    assertUsage(List.of(0.5), "there is 1 weight for 2 models");
    assertUsage(List.of(0.5, -0.5), "each must be 0 or more");
    assertUsage(List.of(0.5, Double.NaN), "each must be 0 or more");
    assertUsage(List.of(0.0, 0.0), "weights are all 0; at least one must be more than 0");
    assertThat(Ensemble.members(List.of(first, second), List.of(6.0, 2.0)))
        .extracting(Ensemble.Member::weight)
        .containsExactly(0.75, 0.25);
  }

  private static void assertUsage(List<Double> weights, String message) {
    assertThatFailure(() -> Ensemble.members(List.of(first, second), weights))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(message);
  }
}
