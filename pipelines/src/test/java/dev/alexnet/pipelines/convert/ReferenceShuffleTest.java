package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourceSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Index and shuffle of a training archive with as many pictures as ImageNet's, of a byte each, on
 * the direct runner. The archive has 1.3 GB.
 *
 * <pre>mvn -pl pipelines -am test -Dtest=ReferenceShuffleTest -Dgroups=endurance \
 *     -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Tag("endurance")
class ReferenceShuffleTest {
  private static final int CLASSES = 1000;
  private static final int PICTURES_OF_CLASS = 1300;
  private static final int SHARDS = 1024;
  private static final int BLOCK = 512;
  private static final long MOST_MEMORY = 4L << 30;
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void shuffle_imageNetsReferences_takesFewMinutesAndLittleMemory() throws Exception {
    writeArchive(directory.resolve("ILSVRC2012_img_train.tar"));
    ObjectStore store = ObjectStores.standard();
    ConvertSettings settings = settings();

    long start = System.nanoTime();
    PictureSource source =
        PictureSource.find(
            store,
            new SourceSettings(
                settings.input(),
                settings.split(),
                settings.layout(),
                settings.devkit(),
                settings.classes(),
                settings.classOrder()));
    ConvertGraph graph =
        new ConvertGraph(ConvertPlan.of(store, settings, source), WorkerFence.NONE);
    PipelineRun run =
        new PipelineRun(PipelineOptionsFactory.fromArgs("--targetParallelism=2").create());
    Pipeline pipeline = run.pipeline("shuffle", settings.output());
    PCollection<PictureReference> pictures =
        ConvertGraph.index(pipeline, source.parts()).get(ConvertGraph.PICTURES);
    PCollectionView<Long> count = ConvertGraph.count(pictures);
    graph.shuffled(pictures, count).apply("See", ParDo.of(new SeeFn()));
    Counters counters = run.await(pipeline, unused -> {});
    Duration time = Duration.ofNanos(System.nanoTime() - start);

    long memory = peakMemory();
    System.out.printf(
        "{\"benchmark\":\"shuffle\",\"references\":%d,\"shards\":%d,\"seconds\":%.1f,"
            + "\"peak_mib\":%d}%n",
        counters.of(SeeFn.class, SeeFn.PICTURES),
        counters.of(SeeFn.class, SeeFn.SHARDS),
        time.toMillis() / 1000.0,
        memory >> 20);
    assertThat(counters.of(SeeFn.class, SeeFn.PICTURES)).isEqualTo(1_300_000);
    assertThat(counters.of(SeeFn.class, SeeFn.SHARDS)).isEqualTo(SHARDS);
    assertThat(memory).isLessThan(MOST_MEMORY);
    assertThat(time).isLessThan(LONGEST);
  }

  /** The most memory that this process ever had resident, in bytes, as Linux counts it. */
  private static long peakMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private ConvertSettings settings() {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, Location.of(directory.resolve("ILSVRC2012_img_train.tar")))
        .set(ConvertSettings.OUTPUT, Location.of(directory.resolve("dataset")))
        .set(ConvertSettings.LAYOUT, InputLayout.ILSVRC2012)
        .set(ConvertSettings.CLASSES, "present")
        .set(ConvertSettings.SHARDS, SHARDS)
        .build();
  }

  private static void writeArchive(Path file) throws IOException {
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        TarArchiveOutputStream outer = new TarArchiveOutputStream(stream)) {
      for (int number = 0; number < CLASSES; number++) {
        String wnid = "n%08d".formatted(number);
        TarArchiveEntry entry = new TarArchiveEntry(wnid + ".tar");
        // A header and a block of each picture, and two blocks at the end.
        entry.setSize((PICTURES_OF_CLASS + 1) * 2L * BLOCK);
        outer.putArchiveEntry(entry);
        TarArchiveOutputStream inner = new TarArchiveOutputStream(outer, BLOCK);
        for (int picture = 0; picture < PICTURES_OF_CLASS; picture++) {
          TarArchiveEntry jpeg = new TarArchiveEntry(wnid + "_" + picture + ".JPEG");
          jpeg.setSize(1);
          inner.putArchiveEntry(jpeg);
          inner.write(0);
          inner.closeArchiveEntry();
        }
        inner.finish();
        inner.flush();
        outer.closeArchiveEntry();
      }
    }
  }

  /** Counts what arrives. */
  private static final class SeeFn extends DoFn<KV<Integer, Iterable<PictureReference>>, Void> {
    private static final long serialVersionUID = 1L;
    static final String PICTURES = "pictures";
    static final String SHARDS = "shards";
    private final Counter pictures = Metrics.counter(SeeFn.class, PICTURES);
    private final Counter shards = Metrics.counter(SeeFn.class, SHARDS);

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<PictureReference>> shard) {
      shard.getValue().forEach(picture -> pictures.inc());
      shards.inc();
    }
  }
}
