package dev.alexnet.ops.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.planning.PlannedStep.Product;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.ops.similarity.Neighbours;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.synth.SynthSettings;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputVerifierTest {
  @TempDir private Path directory;
  private final ObjectStore store = ObjectStores.standard();
  private final OutputVerifier verifier =
      new OutputVerifier(
          store,
          new SyntheticImageNet(store),
          new ConvertPipeline(store),
          new AugmentPipeline(store),
          new ScorePipeline(store),
          new NeighbourFiles(store));
  private Dataset dataset;

  @BeforeEach
  void writeDataset() {
    dataset = DatasetFixture.write(directory.resolve("data"), "test", 56, 3, 6);
  }

  @Test
  void isIntact_archives_seesAChangedBitInOne() {
    Location place = Location.of(directory.resolve("archives"));
    new SyntheticImageNet(store)
        .run(
            SynthSettings.builder()
                .set(SynthSettings.OUTPUT, place)
                .set(SynthSettings.CLASSES, 2)
                .set(SynthSettings.TRAIN_PER_CLASS, 1)
                .set(SynthSettings.VAL_PER_CLASS, 1)
                .build(),
            Progress.SILENT);
    assertThat(isIntact(Product.ARCHIVES, place)).isTrue();

    damage(place.resolve("ILSVRC2012_img_val.tar"));

    assertThat(isIntact(Product.ARCHIVES, place)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONVERTED_DATA", "TRAINING_DATA", "VALIDATION_DATA"})
  void isIntact_dataset_seesAChangedBitInAShard(Product product) {
    Location place = dataset.location();
    List<String> heard = new ArrayList<>();
    assertThat(
            verifier.isIntact(
                product, place, (done, total, unit, details) -> heard.add(total + " " + unit)))
        .isTrue();
    assertThat(heard).containsExactly("2 shards", "2 shards");

    damage(place.resolve(dataset.manifest().shards().get(0).name()));

    assertThat(isIntact(product, place)).isFalse();
  }

  @Test
  void isIntact_model_seesAChangedBitInItsGraph() {
    Location place = ModelFixture.write(directory.resolve("model"), dataset, 1);
    assertThat(isIntact(Product.MODEL, place)).isTrue();

    damage(place.resolve("saved_model.pb"));

    assertThat(isIntact(Product.MODEL, place)).isFalse();
  }

  @Test
  void isIntact_neighbours_seesThatAnImageIsMissing() {
    Location place = Location.of(directory.resolve("similar"));
    Neighbours.Query query =
        new Neighbours.Query("a", "b", "", "", "images/query-000.jpg", List.of());
    Neighbours neighbours =
        new Neighbours(Neighbours.SCHEMA_VERSION, "m", "h", "d", "g", 4, List.of(query));
    store.write(place.resolve(Neighbours.FILE), Json.document(neighbours));
    store.write(place.resolve(query.file()), new byte[1]);
    assertThat(isIntact(Product.NEIGHBOURS, place)).isTrue();

    store.delete(place.resolve(query.file()));

    assertThat(isIntact(Product.NEIGHBOURS, place)).isFalse();
  }

  private boolean isIntact(Product product, Location place) {
    return verifier.isIntact(product, place, Progress.SILENT);
  }

  private void damage(Location file) {
    byte[] content = store.readAll(file);
    content[content.length / 2] ^= 1;
    store.write(file, content);
  }
}
