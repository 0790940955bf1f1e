package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.source.InputLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate of {@code convert} on the direct runner with two workers compared with the bare image
 * operations in two threads, over the same 4,000 real pictures.
 *
 * <pre>mvn -pl tests -am test -Dtest=ConvertBenchmarkTest -Dgroups=benchmark \
 *     -Dalexnet.data=DIR -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xmx2g -XX:TieredStopAtLevel=1"</pre>
 */
@Tag("benchmark")
@RealData.Needed
class ConvertBenchmarkTest {
  private static final int COPIES = 8;
  private static final int SIZE = 256;
  private static final int QUALITY = PictureConverter.USUAL_QUALITY;
  private static final int SEED = 1;

  @TempDir private Path directory;

  @Test
  void convert_fourThousandPictures_isNearlyAsFastAsItsOperations() throws Exception {
    List<Path> files = RealPictures.files();
    Path archive = directory.resolve("train.tar");
    RealPictures.writeArchive(files, COPIES, archive);
    List<byte[]> pictures = new ArrayList<>();
    for (Path file : files) {
      pictures.add(Files.readAllBytes(file));
    }
    int images = files.size() * COPIES;
    RateComparison.assertRatio(
        "convert",
        images,
        0.85,
        () -> {
          Path output = Files.createTempDirectory(directory, "output");
          assertThat(convert(archive, output).records()).isEqualTo(images);
        },
        () -> convertBare(pictures));
  }

  /** Converts a training archive with two workers. */
  static ConvertResult convert(Path archive, Path output) throws IOException {
    return new ConvertPipeline(ObjectStores.standard())
        .run(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, Location.of(archive))
                .set(ConvertSettings.OUTPUT, Location.of(output))
                .set(ConvertSettings.LAYOUT, InputLayout.ILSVRC2012)
                .set(ConvertSettings.CLASSES, "present")
                .set(ConvertSettings.SIZE, SIZE)
                .set(ConvertSettings.QUALITY, QUALITY)
                .set(ConvertSettings.SEED, (long) SEED)
                .build(),
            PipelineOptionsFactory.fromArgs("--targetParallelism=" + RateComparison.THREADS)
                .create(),
            Progress.SILENT);
  }

  private static void convertBare(List<byte[]> pictures) throws Exception {
    try (PictureConverter converter = new PictureConverter(SIZE, QUALITY, ResizeMethod.AREA)) {
      RateComparison.inThreads(
          pictures.size() * COPIES, i -> converter.convert(pictures.get(i / COPIES)));
    }
  }
}
