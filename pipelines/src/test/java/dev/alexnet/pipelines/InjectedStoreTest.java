package dev.alexnet.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceDevices;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.augment.AugmentSettings;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.evaluate.EvaluateSettings;
import dev.alexnet.pipelines.evaluate.Evaluator;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.features.FeaturesSettings;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.CountingStore;
import dev.alexnet.pipelines.fixture.DataAndModel;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.synth.SynthSettings;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That drivers read and write by the store that they were given. */
class InjectedStoreTest {
  private final PipelineOptions options = PipelineOptionsFactory.create();
  private final CountingStore store = new CountingStore(ObjectStores.standard());

  @TempDir private Path directory;

  private Location at(String name) {
    return Location.of(directory.resolve(name));
  }

  @Test
  void run_ofConvertAndAugment_usesTheInjectedStore() throws Exception {
    Archives.writeFolders(Files.createDirectory(directory.resolve("input")), Archives.pictures(1));
    new ConvertPipeline(store)
        .run(
            new ConvertSettings(
                at("input"),
                at("data"),
                "train",
                "auto",
                null,
                "all",
                "auto",
                1,
                56,
                95,
                "area",
                "tfds",
                7,
                0,
                0,
                0),
            options,
            Progress.SILENT);
    long converted = store.calls();

    new AugmentPipeline(store)
        .run(
            new AugmentSettings(at("data"), at("augmented"), 1, "flip", 1),
            options,
            Progress.SILENT);

    assertThat(converted).isPositive();
    assertThat(store.calls()).isGreaterThan(converted);
  }

  @Test
  void run_ofScoreAndFeatures_usesTheInjectedStore() {
    DataAndModel taken = DataAndModel.write(directory, "validation", 3);
    Dataset data = taken.data();
    new ScorePipeline(store)
        .run(
            new ScoreSettings(
                data.location(),
                List.of(taken.model()),
                List.of(),
                false,
                at("scores"),
                null,
                1,
                16,
                InferenceDevices.AUTOMATIC,
                List.of(),
                0,
                ScoreSettings.JOIN_UP_TO),
            options,
            Progress.SILENT);
    long scored = store.calls();

    new FeaturesPipeline(store)
        .run(
            new FeaturesSettings(
                data.location(), taken.model(), at("features"), List.of("npy"), 1, 16, 0),
            options,
            Progress.SILENT,
            notice -> {});

    assertThat(scored).isPositive();
    assertThat(store.calls()).isGreaterThan(scored);
  }

  @Test
  void run_ofSynthAndEvaluate_usesTheInjectedStore() throws Exception {
    new SyntheticImageNet(store)
        .run(new SynthSettings(at("archives"), 2, 1, 1, 7), Progress.SILENT);
    long drawn = store.calls();
    Files.writeString(directory.resolve("ids"), "1\n2\n");

    new Evaluator(store).run(new EvaluateSettings(at("ids"), at("ids"), null));

    assertThat(drawn).isPositive();
    assertThat(store.calls()).isGreaterThan(drawn);
  }
}
