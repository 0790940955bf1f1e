package dev.alexnet.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints in one line how many tests were skipped, and why, from Surefire's reports, so that nobody
 * misses what a build did not test. It needs only Java, so that {@code java} can also run its
 * source file.
 */
public final class SkippedTests {
  private SkippedTests() {}

  /**
   * @param arguments the top of the checkout, and when the build started: older reports in {@code
   *     target} do not count. Without it all do
   */
  public static void main(String[] arguments) throws Exception {
    Instant start = arguments.length > 1 ? Instant.parse(arguments[1]) : Instant.MIN;
    System.out.println(line(reports(Path.of(arguments[0]), start)));
  }

  private static List<Path> reports(Path root, Instant start) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().matches(".*/target/surefire-reports/TEST-[^/]*\\.xml"))
          .filter(file -> !Instant.ofEpochMilli(file.toFile().lastModified()).isBefore(start))
          .toList();
    }
  }

  /** The skipped tests of the reports. */
  static String line(List<Path> reports) throws Exception {
    DocumentBuilder reader = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    Map<String, Integer> skipped = new TreeMap<>();
    int tests = 0;
    for (Path report : reports) {
      Document document = reader.parse(report.toFile());
      tests += Integer.parseInt(document.getDocumentElement().getAttribute("tests"));
      NodeList nodes = document.getElementsByTagName("skipped");
      for (int i = 0; i < nodes.getLength(); i++) {
        skipped.merge(reason((Element) nodes.item(i)), 1, Integer::sum);
      }
    }
    String reasons =
        skipped.entrySet().stream()
            .map(entry -> entry.getValue() + " because " + entry.getKey())
            .collect(Collectors.joining("; "));
    int sum = skipped.values().stream().mapToInt(Integer::intValue).sum();
    return "Of " + tests + " tests, " + sum + " were skipped" + (sum == 0 ? "" : ": " + reasons);
  }

  /** The test's reason: a condition gives it as an attribute, an assumption as a stack trace. */
  private static String reason(Element skipped) {
    String text =
        skipped.hasAttribute("message")
            ? skipped.getAttribute("message")
            : skipped.getTextContent();
    return text.lines()
        .findFirst()
        .map(line -> line.replaceFirst("^.*( ==> |Assumption failed: )", ""))
        .orElse("the test says no reason");
  }
}
