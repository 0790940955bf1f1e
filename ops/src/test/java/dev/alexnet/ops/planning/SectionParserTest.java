package dev.alexnet.ops.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.command.CountCommand;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.EffectiveSetting.Origin;
import dev.alexnet.ops.planning.JobFile.Entry;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SectionParserTest {
  @Test
  void settings_rightKeys_saysWhereEachValueIsFrom() {
    SectionParser parser = parse("count:\n  up-to: 7\n", Map.of("log", "run/log"));

    assertThat(parser.problems()).isEmpty();
    assertThat(parser.settings())
        .containsExactly(
            new EffectiveSetting("up-to", "7", Origin.GIVEN),
            new EffectiveSetting("by", "1", Origin.DEFAULT),
            new EffectiveSetting("log", "run/log", Origin.JOB));
  }

  @Test
  void problems_allKindsOfMistakes_reportsThemAtOnceWithTheirLines() {
    SectionParser parser =
        parse(
            """
            count:
              up-too: 7
              by: two
              log: elsewhere
              json: true
            """,
            Map.of("log", "run/log"));

    assertThat(parser.problems())
        .extracting(LinedProblem::toString)
        .containsExactly(
            "line 2: 'up-too' is unknown in count; did you mean 'up-to'?",
            "line 4: the job itself decides 'log'; remove it",
            "line 5: 'json' is unknown in count; known are by, up-to",
            "line 3: Invalid value for 'by': 'two' is not a whole number");
  }

  @Test
  void problems_missing_isToldWithTheSectionsLine() {
    assertThat(parse("\ncount:\n  by: 2\n", Map.of()).problems())
        .extracting(LinedProblem::toString)
        .containsExactly("line 2: count needs 'up-to'");
  }

  @Test
  void problems_keyWithoutValue_isRefused() {
    assertThat(parse("count:\n  up-to: 1\n  by:\n", Map.of()).problems())
        .extracting(LinedProblem::toString)
        .containsExactly("line 3: 'by' needs one value");
  }

  @Test
  void problems_valueThatTheSettingRefuses_namesItsLine() {
    assertThat(parse("\ncount:\n  up-to: 0\n", Map.of()).problems())
        .extracting(LinedProblem::toString)
        .containsExactly("line 3: Invalid value for 'up-to': '0'; it must be at least 1");
  }

  private static SectionParser parse(String yaml, Map<String, String> decided) {
    Entry section = JobFile.read(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml").get(0);
    CountCommand command =
        new CountCommand(TypedLine.console(new StringWriter(), new StringWriter()));
    Map<String, List<String>> each = new LinkedHashMap<>();
    decided.forEach((name, value) -> each.put(name, List.of(value)));
    return new SectionParser(command, section, section.entries(), each, Set.of(), Set.of());
  }
}
