package dev.alexnet.ops.planning;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.planning.JobFile.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {
  @Test
  void read_sectionsAndValues_keepsTextAndLines() {
    assertThat(
            read(
                """
                # made by hand
                synth:
                  classes: 010

                augment:
                  operations: random_crop(48) | flip | colour(0.1)
                  part:
                    seed: yes
                score:
                """))
        .containsExactly(
            section("synth", 2, value("classes", 3, "010")),
            section(
                "augment",
                5,
                value("operations", 6, "random_crop(48) | flip | colour(0.1)"),
                section("part", 7, value("seed", 8, "yes"))),
            section("score", 9));
  }

  @Test
  void read_emptyFile_hasNoEntries() {
    assertThat(read("# nothing\n")).isEmpty();
  }

  @Test
  void read_keyTwice_isRefusedWithItsLine() {
    assertUsage("synth:\n  seed: 1\n  seed: 2\n", "job.yaml line 3: the key 'seed' occurs twice");
  }

  @Test
  void read_list_isRefusedWithItsLine() {
    assertUsage(
        "train:\n  data: [a, b]\n",
        "job.yaml line 2: the key 'data' has a list; write what it holds as one value, with commas: data: a,b");
  }

  @Test
  void read_plainText_isRefused() {
    assertUsage(
        "just text\n",
        "job.yaml line 1: a job file has sections, such as 'train:', with keys below them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train:#\tsteps: 3# | 2 | it is indented with a tab; use blanks",
        "train:#  steps: 3#   epochs: 4# | 3 | a key cannot stand here; keys of one section begin in the same column",
        "train:#  steps: 3# epochs: 4# | 3 | it is indented less than the key before it, and more than the section",
        "train:#  steps: 3#score: views: 10# | 3 | a value with a colon and a blank needs quotes",
        "train:#steps# | 2 | a colon is missing after the key"
      })
  void read_brokenYaml_saysTheLineInOneLine(String yaml, int line, String problem) {
    assertThatFailure(() -> read(yaml.replace('#', '\n')))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageStartingWith("job.yaml line " + line + " is not valid YAML: ")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_brokenYaml_isRefusedWithItsLine() {
    assertThatFailure(() -> read("train:\n  seed: 'open\n"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageStartingWith("job.yaml line 2 is not valid YAML: ");
  }

  private static void assertUsage(String yaml, String message) {
    assertThatFailure(() -> read(yaml)).isOfKind(Failure.Kind.USAGE).hasMessage(message);
  }

  private static List<Entry> read(String yaml) {
    return JobFile.read(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml");
  }

  private static Entry section(String key, int line, Entry... entries) {
    return new Entry(key, line, null, List.of(entries));
  }

  private static Entry value(String key, int line, String value) {
    return new Entry(key, line, value, List.of());
  }
}
