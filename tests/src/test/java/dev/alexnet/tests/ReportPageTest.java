package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.prediction.PictureFiles;
import dev.alexnet.ops.report.Report;
import dev.alexnet.ops.report.ReportSettings;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.ops.similarity.SimilarImages;
import dev.alexnet.ops.similarity.SimilarSettings;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * The report as a browser shows it. The browser is a condition of the class, because a class that
 * is aborted before its first test is reported as one without tests.
 */
@EnabledIf(value = "dev.alexnet.tests.Browser#isThere", disabledReason = Browser.ABSENT)
class ReportPageTest {
  private static final int CLASSES = 12;

  @TempDir static Path directory;

  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void writeReport() throws IOException {
    browser = Browser.start(directory);
    Path workdir = Files.createDirectories(directory.resolve("training"));
    Dataset dataset = DatasetFixture.write(directory.resolve("data"), "test", 56, CLASSES, 96);
    Location model = ModelFixture.write(workdir.resolve("model"), dataset, 1);
    Files.writeString(
        workdir.resolve("metrics.jsonl"),
        """
        {"step":10,"train/loss":2.5,"train/top1_error":0.9,"learning_rate/weights":0.01}
        {"step":20,"train/loss":1.5,"train/top1_error":0.5,"learning_rate/weights":0.001}
        """);
    Location scores = Location.of(directory.resolve("scores"));
    new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, dataset.location())
                .set(ScoreSettings.MODEL, List.of(model))
                .set(ScoreSettings.OUTPUT, scores)
                .set(InferenceSettings.BATCH, 16)
                .build(),
            PipelineOptionsFactory.create(),
            (done, total, unit, details) -> {});
    ObjectStore store = ObjectStores.standard();
    Location similar = Location.of(directory.resolve("similar"));
    new SimilarImages(
            store, new PictureFiles(store), new NeighbourFiles(store), new FeaturesPipeline(store))
        .run(
            SimilarSettings.builder()
                .set(SimilarSettings.DATA, dataset.location())
                .set(SimilarSettings.MODEL, model)
                .set(SimilarSettings.QUERY, List.of(dataset.location()))
                .set(SimilarSettings.IMAGES, 3)
                .set(SimilarSettings.OUTPUT, similar)
                .set(InferenceSettings.BATCH, 16)
                .build(),
            new PipelineRun(PipelineOptionsFactory.create()),
            (done, total, unit, details) -> {},
            notice -> {});
    Path output = directory.resolve("report");
    new Report(store, new NeighbourFiles(store))
        .run(
            ReportSettings.builder()
                .set(ReportSettings.SCORES, scores)
                .set(ReportSettings.TRAINING, Location.of(workdir))
                .set(ReportSettings.SIMILAR, similar)
                .set(ReportSettings.OUTPUT, Location.of(output))
                .build(),
            (done, total, unit, details) -> {});
    page = output.resolve(Report.FILE);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"400,light", "400,dark", "1280,light", "1280,dark"})
  void page_everyScreen_showsAllPicturesAndScrollsDownOnly(int width, String scheme) {
    browser.open(page, width, scheme);

    // Three curves, two towers, confusion, reliability, errors by class, twice eight images, and
    // three with six neighbours each; of the eight drawings also the other theme, not shown.
    assertThat(shown("img")).isEqualTo(45L);
    assertThat(shown("img." + scheme)).isEqualTo(8L);
    assertThat(browser.evaluate("document.images.length")).isEqualTo(53L);
    assertThat(browser.evaluate("[...document.images].filter(i => i.naturalWidth == 0).length"))
        .isEqualTo(0L);
    assertThat(browser.evaluate("window.innerWidth")).isEqualTo((long) width);
    assertThat(
            browser.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0L);
    assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(scheme.equals("dark") ? "rgb(19, 20, 22)" : "rgb(245, 245, 243)");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void page_printedFromADarkScreen_isDarkOnWhite() {
    browser.open(page, 1280, "dark");
    browser.showAsPrinted("dark");

    assertThat(shown("img.light")).isEqualTo(8L);
    assertThat(shown("img.dark")).isEqualTo(0L);
    assertThat(shown("#search")).isEqualTo(0L);
    assertThat(browser.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(browser.evaluate("getComputedStyle(document.body).color"))
        .isEqualTo("rgb(28, 30, 33)");
  }

  private static Object shown(String selector) {
    return browser.evaluate(
        "[...document.querySelectorAll('"
            + selector
            + "')].filter(each => each.getClientRects().length > 0).length");
  }

  @Test
  void classTable_headingsClicked_sortsUpAndDown() {
    browser.open(page, 1280, "light");
    List<Double> errors = numbers(2);
    assertThat(errors).hasSize(CLASSES).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(errors.get(0)).isGreaterThan(errors.get(CLASSES - 1));

    heading(2).click();
    assertThat(numbers(2)).isSorted();
    assertThat(sortOf(2)).isEqualTo("ascending");

    heading(0).click();
    // Numbers within names are compared as numbers: "bar 10" comes after "bar 9".
    assertThat(names())
        .containsExactly(
            "bar 0", "bar 1", "bar 2", "bar 3", "bar 4", "bar 5", "bar 6", "bar 7", "bar 8",
            "bar 9", "bar 10", "bar 11");
    assertThat(sortOf(0)).isEqualTo("ascending");
    assertThat(sortOf(2)).isNull();

    heading(0).click();
    assertThat(names()).startsWith("bar 11", "bar 10", "bar 9");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void classTable_searched_showsTheMatchesAndTheirNumber() {
    browser.open(page, 400, "light");
    WebElement search = browser.chrome().findElement(By.id("search"));
    WebElement found = browser.chrome().findElement(By.id("found"));
    assertThat(found.getText()).isEqualTo("12 classes");

    search.sendKeys("BAR 1");
    assertThat(names()).containsExactlyInAnyOrder("bar 1", "bar 10", "bar 11");
    assertThat(found.getText()).isEqualTo("3 of 12 classes");

    search.clear();
    search.sendKeys("n00000007");
    assertThat(names()).containsExactly("bar 7");

    search.clear();
    search.sendKeys("zebra");
    assertThat(names()).isEmpty();
    assertThat(found.getText()).isEqualTo("0 of 12 classes");
    assertThat(browser.console()).isEmpty();
  }

  private static WebElement heading(int column) {
    return browser.chrome().findElements(By.cssSelector("#class-table th button")).get(column);
  }

  private static String sortOf(int column) {
    return heading(column).findElement(By.xpath("..")).getDomAttribute("aria-sort");
  }

  private static List<WebElement> cells(int column) {
    return browser
        .chrome()
        .findElements(
            By.cssSelector(
                "#class-table tbody tr:not([hidden]) td:nth-child(" + (column + 1) + ")"));
  }

  private static List<String> names() {
    return cells(0).stream().map(cell -> cell.getDomAttribute("data-value")).toList();
  }

  private static List<Double> numbers(int column) {
    return cells(column).stream()
        .map(cell -> Double.valueOf(cell.getDomAttribute("data-value")))
        .toList();
  }
}
