package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.cli.TypedLine;
import org.junit.jupiter.api.Test;

class StepCommandTest {
  @Test
  void call_plain_showsGivenSettingsProgressAndResult() {
    TypedLine typed = execute("--up-to=3", "--log=a/b");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).isEqualTo("counted to 3\n");
    assertThat(typed.err())
        .isEqualTo(
            """
            setting  value  from
            up-to    3      given
            log      a/b    given

            count: 1 of 3 numbers (33.3 %)
            count: 3 of 3 numbers (100.0 %)
            """);
  }

  @Test
  void call_verbose_showsAllSettings() {
    assertThat(execute("--up-to=3", "--verbose").err())
        .startsWith(
            """
            setting  value  from
            up-to    3      given
            by       1      default
            log      -      default

            """);
  }

  @Test
  void call_json_writesOneObjectAndNothingElse() {
    TypedLine typed = execute("--up-to=2", "--json", "--log=gs://bkt/x");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            "{\"command\":\"count\",\"result\":{\"counted\":2,\"log\":\"gs://bkt/x\"},"
                + "\"settings\":{\"by\":1,\"log\":\"gs://bkt/x\",\"up_to\":2}}\n");
  }

  @Test
  void call_resultThatCountsAsFailed_showsTheResultAndThenWhy() {
    TypedLine typed = execute("--up-to=3", "--by=2", "--json");

    assertThat(typed.exitCode()).isEqualTo(65);
    assertThat(typed.out())
        .isEqualTo(
            "{\"command\":\"count\",\"error\":{\"code\":65,\"kind\":\"bad_data\",\"message\":\"counted past 3\"},\"result\":{\"counted\":4,\"log\":null},"
                + "\"settings\":{\"by\":2,\"log\":null,\"up_to\":3}}\n");
    assertThat(typed.err()).endsWith("alexnet: counted past 3\n");
  }

  @Test
  void call_wrongSettings_showsNoTable() {
    TypedLine typed = execute("--up-to=0", "--by=0");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualTo(
            """
            alexnet: 2 problems:
              Invalid value for option '--up-to': '0'; it must be at least 1
              Invalid value for option '--by': '0'; it must be at least 1
            See 'count --help'.
            """);
  }

  private static TypedLine execute(String... arguments) {
    return TypedLine.execute(CountCommand::new, arguments);
  }
}
