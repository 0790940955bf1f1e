package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are read in one go and found by name, and packages that fit in a head. */
class SourceSizeTest {
  private static final int MOST_LINES = 350;
  private static final int MOST_FILES = 30;

  /** Java sources that are checked in: those below a {@code src} directory. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
          .toList();
    }
  }

  @Test
  void sources_ofTheRepository_haveAtMost350LinesEach() throws IOException {
    List<String> tooLong = new ArrayList<>();
    List<Path> sources = sources();
    for (Path file : sources) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        tooLong.add(file.getFileName() + " has " + lines + " lines");
      }
    }
    assertThat(sources).hasSizeGreaterThan(800);
    assertThat(tooLong).isEmpty();
  }

  /**
   * Maven would take a file without a class of its name for changed, and compile all tests again.
   */
  @Test
  void sources_ofTheRepository_haveTypesOfTheirNames() throws IOException {
    List<String> without = new ArrayList<>();
    for (Path file : sources()) {
      String name = file.getFileName().toString().replace(".java", "");
      Pattern type = Pattern.compile("\\b(class|interface|record|enum) " + name + "\\b");
      if (!type.matcher(Files.readString(file)).find()) {
        without.add(Repository.root().relativize(file).toString());
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void packages_ofMainCode_haveAtMost30FilesEach() throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    for (Path file : sources()) {
      if (file.toString().contains("/src/main/")) {
        files.merge(Repository.root().relativize(file.getParent()).toString(), 1, Integer::sum);
      }
    }
    assertThat(files).hasSizeGreaterThan(40);
    files.values().removeIf(count -> count <= MOST_FILES);
    assertThat(files).isEmpty();
  }
}
