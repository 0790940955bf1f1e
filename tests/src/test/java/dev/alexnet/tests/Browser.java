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

  /** Whether there is one, with the driver that it needs. */
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
   * Starts one; the test is skipped, and says so, where there is none.
   *
   * @param home where it puts what it keeps for its user
   */
  static Browser start(Path home) {
    assumeTrue(isThere(), ABSENT);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser().orElseThrow());
    // Root, which builds run as, has no sandbox, and containers have little shared memory.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    // Named, so that Selenium does not look for one on the net.
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
   * Opens a page anew.
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

  /** Shows the page that is open as it would be printed from a screen of that scheme. */
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

  /** What the script returns. */
  Object evaluate(String script) {
    return chrome.executeScript("return " + script);
  }

  /** Everything that the page wrote to the console, and what the browser had against it. */
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
