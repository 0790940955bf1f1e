package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StepCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void call_plain_showsSettingsProgressAndResult() {
    assertThat(execute("--up-to=3", "--log=a/b")).isZero();

    assertThat(out)
        .hasToString(
            """
            setting  value  from
            up-to    3      given
            by       1      default
            log      a/b    given

            counted to 3
            """);
    assertThat(err)
        .hasToString(
            """
            count: 1 of 3 numbers (33.3 %)
            count: 3 of 3 numbers (100.0 %)
            """);
  }

  @Test
  void call_json_writesOneObjectAndNothingElse() {
    assertThat(execute("--up-to=2", "--json", "--log=gs://bkt/x")).isZero();

    assertThat(out)
        .hasToString(
            "{\"command\":\"count\",\"result\":{\"counted\":2,\"log\":\"gs://bkt/x\"},"
                + "\"settings\":{\"by\":\"1\",\"log\":\"gs://bkt/x\",\"up-to\":\"2\"}}\n");
  }

  @Test
  void call_workDoneButFailed_showsTheResultAndThenWhy() {
    assertThat(execute("--up-to=3", "--by=2", "--json")).isEqualTo(65);

    assertThat(out)
        .hasToString(
            "{\"command\":\"count\",\"result\":{\"counted\":4,\"log\":null},"
                + "\"settings\":{\"by\":\"2\",\"log\":\"\",\"up-to\":\"3\"}}\n");
    assertThat(err).asString().endsWith("alexnet: counted past 3\n");
  }

  @Test
  void call_wrongSettings_showsNoTable() {
    assertThat(execute("--up-to=0", "--by=0")).isEqualTo(64);

    assertThat(out).hasToString("");
    assertThat(err)
        .hasToString(
            """
            alexnet: count: 2 problems in the settings:
              up-to is 0; it must be at least 1
              by is 0; it must be at least 1
            """);
  }

  private int execute(String... arguments) {
    ExitCodes exitCodes = new ExitCodes(TypedLine.console(out, err));
    CommandLine commandLine =
        new CommandLine(new CountCommand(TypedLine.console(out, err)))
            .setExecutionExceptionHandler(
                (exception, command, parsed) -> exitCodes.afterThrown(exception));
    return CommandLines.of(commandLine).execute(arguments);
  }
}
