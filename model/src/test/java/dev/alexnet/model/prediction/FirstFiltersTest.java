package dev.alexnet.model.prediction;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstFiltersTest {
  private static final int MAPS = 16;

  @TempDir Path directory;
  private Dataset dataset;

  @BeforeEach
  void writeDataset() {
    dataset = DatasetFixture.write(directory.resolve("data"), "train", 56, 2, 4);
  }

  @Test
  void of_exportedModel_givesEachFilterOfEachTower() {
    Location model = ModelFixture.write(directory.resolve("model"), dataset, 7);

    FirstFilters filters = FirstFilters.of(ObjectStores.standard(), model);

    assertThat(filters.side()).isEqualTo(5);
    assertThat(filters.towers()).hasSize(2).allSatisfy(tower -> assertThat(tower).hasSize(MAPS));
    // The fixture draws the values of the parameters in order, [row, column, channel, map].
    Random random = new Random(7);
    float[][] expected = new float[MAPS][5 * 5 * 3];
    for (int i = 0; i < 5 * 5 * 3; i++) {
      for (int map = 0; map < MAPS; map++) {
        expected[map][i] = (float) (0.05 * random.nextGaussian());
      }
    }
    for (int map = 0; map < MAPS; map++) {
      assertThat(filters.towers().get(0).get(map)).isEqualTo(expected[map]);
    }
    assertThat(filters.towers().get(1).get(0)).isNotEqualTo(expected[0]);
  }

  @Test
  void of_modelOfOneValue_givesItEverywhere() {
    Location model = ModelFixture.writeConstant(directory.resolve("model"), dataset, 0.25f);

    FirstFilters filters = FirstFilters.of(ObjectStores.standard(), model);

    assertThat(filters.towers().get(1).get(MAPS - 1)).hasSize(75).containsOnly(0.25f);
  }

  @Test
  void of_changedModel_isRefused() throws IOException {
    Path model = directory.resolve("model");
    ModelFixture.write(model, dataset, 7);
    Files.writeString(model.resolve("saved_model.pb"), "changed");

    assertThatFailure(() -> FirstFilters.of(ObjectStores.standard(), Location.of(model)))
        .hasMessageStartingWith(
            model
                + "/saved_model.pb is not the file that model.json describes: it is damaged, "
                + "or belongs to another model. Copy the model again")
        .extracting("kind")
        .isEqualTo(Failure.Kind.BAD_DATA);
  }
}
