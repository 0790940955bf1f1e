package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.augmentation.Augmenter;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.augment.AugmentResult;
import dev.alexnet.pipelines.augment.AugmentSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate of {@code augment} on the direct runner with two workers compared with decoding, the
 * published operations and encoding in two threads, over the same 4,000 real images.
 *
 * <pre>mvn -pl tests -am test -Dtest=AugmentBenchmarkTest -Dgroups=benchmark \
 *     -Dalexnet.data=DIR -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Tag("benchmark")
@RealData.Needed
class AugmentBenchmarkTest {
  private static final int COPIES = 8;
  private static final int SEED = 1;
  private static final String OPERATIONS = "random_crop(224) | flip | colour(0.1)";

  @TempDir private Path directory;

  @Test
  void augment_fourThousandImages_isNearlyAsFastAsItsOperations() throws Exception {
    Dataset dataset = dataset();
    List<ImageRecord> images = ImageRecords.of(dataset);
    RateComparison.assertRatio(
        "augment", images.size(), 0.8, () -> augment(dataset), () -> augmentBare(dataset, images));
  }

  private Dataset dataset() throws IOException {
    Path archive = directory.resolve("train.tar");
    RealPictures.writeArchive(RealPictures.files(), COPIES, archive);
    Path output = directory.resolve("dataset");
    ConvertBenchmarkTest.convert(archive, output);
    return Dataset.open(ObjectStores.standard(), Location.of(output));
  }

  private void augment(Dataset dataset) throws IOException {
    Path output = Files.createTempDirectory(directory, "augmented");
    AugmentResult result =
        new AugmentPipeline(ObjectStores.standard())
            .run(
                AugmentSettings.builder()
                    .set(AugmentSettings.DATA, dataset.location())
                    .set(AugmentSettings.OUTPUT, Location.of(output))
                    .set(AugmentSettings.COPIES, 1)
                    .set(AugmentSettings.OPERATIONS, OPERATIONS)
                    .set(AugmentSettings.SEED, (long) SEED)
                    .build(),
                PipelineOptionsFactory.fromArgs("--targetParallelism=" + RateComparison.THREADS)
                    .create(),
                Progress.SILENT);
    assertThat(result.records()).isEqualTo(dataset.manifest().records());
  }

  private static void augmentBare(Dataset dataset, List<ImageRecord> images) throws Exception {
    try (Augmenter augmenter =
        new Augmenter(
            Augmentation.parse(OPERATIONS),
            dataset.manifest().imageSize(),
            dataset.statistics().colours())) {
      RateComparison.inThreads(images.size(), i -> augmenter.augment(images.get(i), SEED, 0));
    }
  }
}
