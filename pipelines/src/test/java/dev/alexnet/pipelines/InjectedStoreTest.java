package dev.alexnet.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.testing.CountingStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.augment.AugmentSettings;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.evaluate.EvaluateSettings;
import dev.alexnet.pipelines.evaluate.Evaluator;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.features.FeaturesSettings;
import dev.alexnet.pipelines.fixture.Archives;
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
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, at("input"))
                .set(ConvertSettings.OUTPUT, at("data"))
                .set(ConvertSettings.SHARDS, 1)
                .set(ConvertSettings.SIZE, 56)
                .set(ConvertSettings.SEED, 7L)
                .build(),
            options,
            Progress.SILENT);
    long converted = store.calls();

    new AugmentPipeline(store)
        .run(
            AugmentSettings.builder()
                .set(AugmentSettings.DATA, at("data"))
                .set(AugmentSettings.OUTPUT, at("augmented"))
                .set(AugmentSettings.COPIES, 1)
                .set(AugmentSettings.OPERATIONS, "flip")
                .build(),
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
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, data.location())
                .set(ScoreSettings.MODEL, List.of(taken.model()))
                .set(ScoreSettings.OUTPUT, at("scores"))
                .set(InferenceSettings.BATCH, 16)
                .build(),
            options,
            Progress.SILENT);
    long scored = store.calls();

    new FeaturesPipeline(store)
        .run(
            FeaturesSettings.builder()
                .set(FeaturesSettings.DATA, data.location())
                .set(FeaturesSettings.MODEL, taken.model())
                .set(FeaturesSettings.OUTPUT, at("features"))
                .set(InferenceSettings.BATCH, 16)
                .build(),
            options,
            Progress.SILENT,
            notice -> {});

    assertThat(scored).isPositive();
    assertThat(store.calls()).isGreaterThan(scored);
  }

  @Test
  void run_ofSynthAndEvaluate_usesTheInjectedStore() throws Exception {
    new SyntheticImageNet(store)
        .run(
            SynthSettings.builder()
                .set(SynthSettings.OUTPUT, at("archives"))
                .set(SynthSettings.CLASSES, 2)
                .set(SynthSettings.TRAIN_PER_CLASS, 1)
                .set(SynthSettings.VAL_PER_CLASS, 1)
                .set(SynthSettings.SEED, 7L)
                .build(),
            Progress.SILENT);
    long drawn = store.calls();
    Files.writeString(directory.resolve("ids"), "1\n2\n");

    new Evaluator(store)
        .run(
            EvaluateSettings.builder()
                .set(EvaluateSettings.SUBMISSION, at("ids"))
                .set(EvaluateSettings.TRUTH, at("ids"))
                .build());

    assertThat(drawn).isPositive();
    assertThat(store.calls()).isGreaterThan(drawn);
  }
}
