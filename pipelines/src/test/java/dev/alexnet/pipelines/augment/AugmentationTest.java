package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests of augmentations share: a dataset, and what is made of it. */
abstract class AugmentationTest {
  static final String OPERATIONS = "random_crop(48) | flip | colour(0.1)";
  static final int IMAGES = 21;

  @TempDir static Path directory;
  static Dataset data;

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(directory.resolve("data"), "train", 56, 3, IMAGES);
  }

  static AugmentResult augment(String output, String operations, long seed, String... options) {
    return new AugmentPipeline(ObjectStores.standard())
        .run(
            AugmentSettings.builder()
                .set(AugmentSettings.DATA, data.location())
                .set(AugmentSettings.OUTPUT, Location.of(directory.resolve(output)))
                .set(AugmentSettings.COPIES, 3)
                .set(AugmentSettings.OPERATIONS, operations)
                .set(AugmentSettings.SEED, seed)
                .build(),
            PipelineOptionsFactory.fromArgs(options).create(),
            Progress.SILENT);
  }

  static Dataset open(String output) {
    return Dataset.open(ObjectStores.standard(), Location.of(directory.resolve(output)));
  }

  static Map<String, byte[]> shards(String output) throws IOException {
    Map<String, byte[]> shards = new TreeMap<>();
    for (Shard shard : open(output).manifest().shards()) {
      shards.put(shard.name(), Files.readAllBytes(directory.resolve(output).resolve(shard.name())));
    }
    return shards;
  }
}
