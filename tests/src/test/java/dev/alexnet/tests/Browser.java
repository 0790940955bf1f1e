package dev.alexnet.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. */
final class Browser implements AutoCloseable {
  static final String ABSENT =
      "there is no Chromium with a chromedriver (Debian: apt-get install chromium chromium-driver)";

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final ChromeDriver chrome;

  private Browser(ChromeDriver chrome) {
    this.chrome = chrome;
  }

  /** Whether Chromium and its driver are installed. */
  static boolean isThere() {
    return browser().isPresent() && driver().isPresent();
  }

  private static Optional<File> browser() {
    return BROWSERS.stream().flatMap(Browser::onPath).findFirst();
  }

  private static Optional<File> driver() {
    return onPath("chromedriver").findFirst();
  }

  /**
   * Starts Chromium. If it is not installed, the test is skipped and says so.
   *
   * @param home the directory for its user's files
   */
  static Browser start(Path home) {
    assumeTrue(isThere(), ABSENT);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser().orElseThrow());
    // Builds can run as root, for which Chromium has no sandbox, and containers have little shared
    // memory.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    // Named, so that Selenium does not search for one on the internet.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver().orElseThrow())
            .usingAnyFreePort()
            .withEnvironment(Map.of("HOME", home.toString(), "TMPDIR", home.toString()))
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Stream<File> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> new File(directory, name))
        .filter(File::canExecute);
  }

  ChromeDriver chrome() {
    return chrome;
  }

  /**
   * Opens a page.
   *
   * @param width of the screen in points
   * @param scheme {@code light} or {@code dark}
   */
  void open(Path page, int width, String scheme) {
    chrome.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    emulate("screen", scheme);
    chrome.get(page.toUri().toString());
  }

  /** Shows the open page as it would be printed from a screen with that scheme. */
  void showAsPrinted(String scheme) {
    emulate("print", scheme);
  }

  private void emulate(String media, String scheme) {
    chrome.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Runs a script and returns its result. */
  Object evaluate(String script) {
    return chrome.executeScript("return " + script);
  }

  /** Everything that the page wrote to the console, and the browser's warnings about it. */
  List<String> console() {
    return chrome.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    chrome.quit();
  }
}
