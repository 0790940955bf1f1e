package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.report.Report;
import dev.alexnet.ops.report.ReportSettings;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The report of a set as large as ILSVRC's validation set: 50,000 images of 1,000 classes. */
@Tag("endurance")
class LargeReportTest {
  private static final int CLASSES = 1000;
  private static final int IMAGES = 50_000;
  private static final long MOST_BYTES = 10_000_000;
  private static final Duration MOST_TIME = Duration.ofSeconds(60);
  private static final double MOST_MILLISECONDS = 1000;

  @TempDir Path directory;

  /** Scores of a small set, extended by made-up rows to the size of the large one. */
  private Location writeScores() throws IOException {
    Path data = directory.resolve("data");
    Dataset dataset = DatasetFixture.write(data, "test", 56, CLASSES, 40);
    Location model = ModelFixture.write(directory.resolve("model"), dataset, 1);
    Path scores = directory.resolve("scores");
    new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, List.of(model))
                .set(ScoreSettings.OUTPUT, Location.of(scores))
                .set(InferenceSettings.BATCH, 16)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
    // Without the dataset the page has no images, and these rows are not compared with it.
    Files.move(data, directory.resolve("away"));
    Path file = scores.resolve(Scores.FILE);
    String small = Files.readString(file);
    double error = writeRows(scores.resolve(Scores.PREDICTIONS));
    Files.writeString(
        file,
        small
            .replaceFirst("\"images\" : 40", "\"images\" : " + IMAGES)
            .replaceFirst("\"scored\" : 40", "\"scored\" : " + IMAGES)
            .replaceFirst(
                "\"top1_error\" : [0-9.]+",
                String.format(Locale.ROOT, "\"top1_error\" : %.6f", error)));
    return Location.of(scores);
  }

  private static double writeRows(Path file) throws IOException {
    Random random = new Random(7);
    int wrong = 0;
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int i = 0; i < IMAGES; i++) {
        int label = i % CLASSES;
        int guess = random.nextInt(100) < 40 ? (label + 1 + random.nextInt(30)) % CLASSES : label;
        int credit = guess == label ? 1 : 0;
        wrong += 1 - credit;
        writer.write(
            String.format(
                Locale.ROOT,
                "{\"image\":\"ILSVRC2012_val_%08d.JPEG\",\"label\":%d,\"status\":\"scored\","
                    + "\"top5\":[%d,%d],\"probabilities\":[%.6f,0.05],"
                    + "\"greater\":%d,\"tied\":1,\"top1_credit\":%d,\"top5_credit\":%d}",
                i + 1,
                label,
                guess,
                (guess + 400) % CLASSES,
                0.3 + 0.6 * random.nextDouble(),
                7 * (1 - credit),
                credit,
                credit));
        writer.newLine();
      }
    }
    return (double) wrong / IMAGES;
  }

  @Test
  void report_fiftyThousandImagesOfThousandClasses_isSmallAndQuick() throws IOException {
    Location scores = writeScores();
    Path output = directory.resolve("report");

    ObjectStore store = ObjectStores.standard();
    long start = System.nanoTime();
    new Report(store, new NeighbourFiles(store))
        .run(
            ReportSettings.builder()
                .set(ReportSettings.SCORES, scores)
                .set(ReportSettings.OUTPUT, Location.of(output))
                .build(),
            Progress.SILENT);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);

    Path page = output.resolve(Report.FILE);
    System.out.printf("report: %d ms, %d bytes%n", taken.toMillis(), Files.size(page));
    assertThat(taken).isLessThan(MOST_TIME);
    assertThat(Files.size(page)).isLessThan(MOST_BYTES);
    try (Browser browser = Browser.start(directory)) {
      browser.open(page, 400, "light");
      assertThat(browser.evaluate("document.querySelectorAll('#class-table tbody tr').length"))
          .isEqualTo((long) CLASSES);
      double sort =
          milliseconds(browser, "document.querySelectorAll('#class-table th button')[0].click()");
      double search =
          milliseconds(
              browser,
              "const s = document.getElementById('search'); s.value = 'bar 99';"
                  + " s.dispatchEvent(new Event('input'))");
      System.out.printf("sort: %.0f ms, search: %.0f ms%n", sort, search);
      assertThat(sort).isLessThan(MOST_MILLISECONDS);
      assertThat(search).isLessThan(MOST_MILLISECONDS);
      // "bar 99", and "bar 990" to "bar 999".
      assertThat(browser.chrome().findElement(By.id("found")).getText())
          .isEqualTo("11 of 1000 classes");
      assertThat(browser.console()).isEmpty();
    }
  }

  /** The time until the page is laid out again. */
  private static double milliseconds(Browser browser, String script) {
    Object taken =
        browser.evaluate(
            "(() => { const start = performance.now(); "
                + script
                + "; document.body.offsetHeight; return performance.now() - start; })()");
    return ((Number) taken).doubleValue();
  }
}
