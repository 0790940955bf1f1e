package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.job.JobFile;
import dev.alexnet.ops.job.JobFile.Entry;
import dev.alexnet.ops.job.Setting;
import dev.alexnet.ops.job.Setting.Origin;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionParserTest {
  private final SectionParser parser = new SectionParser("job.yaml");

  @Test
  void fill_rightKeys_saysWhereEachValueIsFrom() {
    List<Setting> settings = fill("count:\n  up-to: 7\n", Map.of("log", "run/log"));

    parser.throwIfAny();
    assertThat(settings)
        .containsExactly(
            new Setting("up-to", "7", Origin.GIVEN),
            new Setting("by", "1", Origin.DEFAULT),
            new Setting("log", "run/log", Origin.JOB));
  }

  @Test
  void fill_allKindsOfMistakes_reportsThemAtOnceWithTheirLines() {
    fill(
        """
        count:
          up-too: 7
          by: two
          log: elsewhere
          json: true
        """,
        Map.of("log", "run/log"));

    assertProblems(
        """
        job.yaml: 5 problems in the settings:
          line 2: 'up-too' is unknown in count; did you mean 'up-to'?
          line 4: the job itself decides 'log'; remove it
          line 5: 'json' is unknown in count; known are by, up-to
          line 3: Invalid value for 'by': 'two' is not an int
          line 1: count needs 'up-to'""");
  }

  @Test
  void fill_keyWithoutValue_isRefused() {
    fill("count:\n  up-to:\n", Map.of("up-to", "1"));
    fill("count:\n  up-to: 1\n  by:\n", Map.of());

    assertProblems(
        """
        job.yaml: 2 problems in the settings:
          line 2: the job itself decides 'up-to'; remove it
          line 3: 'by' needs one value""");
  }

  @Test
  void fill_valuesThatTheSettingsRefuse_reportsThemWithTheSection() {
    fill("\ncount:\n  up-to: 0\n", Map.of());

    assertProblems("job.yaml: line 2: count: up-to is 0; it must be at least 1");
  }

  @Test
  void fill_sameMistakeTwice_reportsItOnce() {
    fill("count:\n  up-to: 0\n", Map.of());
    fill("count:\n  up-to: 0\n", Map.of());

    assertProblems("job.yaml: line 1: count: up-to is 0; it must be at least 1");
  }

  private List<Setting> fill(String yaml, Map<String, String> decided) {
    Entry section = JobFile.read(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml").get(0);
    CountCommand command =
        new CountCommand(TypedLine.console(new StringWriter(), new StringWriter()));
    return parser.fill(command, section, section.entries(), decided);
  }

  private void assertProblems(String message) {
    assertThatThrownBy(parser::throwIfAny)
        .isInstanceOf(Failure.class)
        .hasMessage(message)
        .extracting(thrown -> ((Failure) thrown).kind())
        .isEqualTo(Failure.Kind.USAGE);
  }
}
