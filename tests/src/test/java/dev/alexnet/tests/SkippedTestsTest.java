package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {
  @TempDir private Path directory;

  private Path report(String name, int tests, String cases) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"%s\" tests=\"%d\">%s</testsuite>"
            .formatted(name, tests, cases));
  }

  @Test
  void line_ofReportsWithSkippedTests_countsThemByTheirReason() throws Exception {
    Path condition =
        report(
            "condition",
            3,
            """
            <testcase name="a"/>
            <testcase name="b"><skipped message="Property [p] does not exist ==&gt; no -Dp"/></testcase>
            <testcase name="c"><skipped message="Property [p] does not exist ==&gt; no -Dp"/></testcase>
            """);
    Path assumption =
        report(
            "assumption",
            1,
            """
            <testcase name="d"><skipped type="org.opentest4j.TestAbortedException"><![CDATA[\
            org.opentest4j.TestAbortedException: Assumption failed: no GPU
            \tat org.junit.jupiter.api.Assumptions.assumeTrue(Assumptions.java:120)
            ]]></skipped></testcase>
            """);
    Path silent = report("silent", 1, "<testcase name=\"e\"><skipped/></testcase>");

    assertThat(SkippedTests.line(List.of(condition, assumption, silent)))
        .isEqualTo(
            "Of 5 tests, 4 were skipped: 2 because no -Dp; 1 because no GPU;"
                + " 1 because the test says no reason");
  }

  @Test
  void line_ofReportsWithoutSkippedTests_saysThatThereAreNone() throws Exception {
    assertThat(SkippedTests.line(List.of(report("all", 2, "<testcase name=\"a\"/>"))))
        .isEqualTo("Of 2 tests, 0 were skipped");
  }
}
