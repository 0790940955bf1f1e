package dev.alexnet.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.fixture.DataAndModel;
import dev.alexnet.pipelines.fixture.WrittenOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommitTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir private Path directory;

  @Test
  void commit_repeated_leavesTheFeaturesAsTheyAre() throws IOException {
    DataAndModel taken = DataAndModel.write(directory, "train", 3);
    Path output = directory.resolve("features");
    FeaturesSettings settings =
        FeaturesSettings.builder()
            .set(FeaturesSettings.DATA, taken.data().location())
            .set(FeaturesSettings.MODEL, taken.model())
            .set(FeaturesSettings.OUTPUT, Location.of(output))
            .set(InferenceSettings.BATCH, 16)
            .build();
    FeaturesManifest made =
        new FeaturesPipeline(STORE)
            .run(settings, PipelineOptionsFactory.create(), Progress.SILENT, notice -> {});
    byte[] written = Files.readAllBytes(output.resolve(FeaturesManifest.FILE));
    byte[] images = Files.readAllBytes(output.resolve(FeaturesManifest.IMAGES));
    // As after a worker that was lost before it reported that it had finished.
    Path left = Files.createDirectories(output.resolve(".features"));

    new FeaturesCommit(STORE, settings, settings).commit(made.shards());

    assertThat(output.resolve(FeaturesManifest.FILE)).hasBinaryContent(written);
    assertThat(output.resolve(FeaturesManifest.IMAGES)).hasBinaryContent(images);
    assertThat(left).doesNotExist();
  }

  /** As on a cluster, whose workers get absolute paths. */
  @Test
  void commit_otherPathsThanThoseGiven_namesThoseGiven() {
    DataAndModel taken = DataAndModel.write(directory, "train", 3);
    FeaturesSettings given =
        FeaturesSettings.builder()
            .set(FeaturesSettings.DATA, new Location("dataset/train"))
            .set(FeaturesSettings.MODEL, new Location("training/model"))
            .set(FeaturesSettings.OUTPUT, new Location("features"))
            .build();
    FeaturesSettings ofTheWorkers =
        FeaturesSettings.builder()
            .set(FeaturesSettings.DATA, taken.data().location())
            .set(FeaturesSettings.MODEL, taken.model())
            .set(FeaturesSettings.OUTPUT, Location.of(directory.resolve("features")))
            .build();

    new FeaturesCommit(STORE, ofTheWorkers, given).commit(List.of());

    FeaturesManifest manifest = Features.open(STORE, ofTheWorkers.output()).manifest();
    assertThat(manifest.dataset()).isEqualTo("dataset/train");
    assertThat(manifest.model()).isEqualTo("training/model");
  }

  @Test
  void isIntact_ofFeatures_verifiesEachFile() throws IOException {
    DataAndModel taken = DataAndModel.write(directory, "train", 3);
    Path output = directory.resolve("features");
    FeaturesPipeline pipeline = new FeaturesPipeline(STORE);
    pipeline.run(
        FeaturesSettings.builder()
            .set(FeaturesSettings.DATA, taken.data().location())
            .set(FeaturesSettings.MODEL, taken.model())
            .set(FeaturesSettings.OUTPUT, Location.of(output))
            .set(FeaturesSettings.FORMAT, List.of(FeatureFormat.NPY, FeatureFormat.TFRECORD))
            .set(InferenceSettings.BATCH, 16)
            .build(),
        PipelineOptionsFactory.create(),
        Progress.SILENT,
        notice -> {});

    WrittenOutput.assertEachFileIsVerified(output, FeaturesManifest.FILE, pipeline::isIntact);
  }
}
