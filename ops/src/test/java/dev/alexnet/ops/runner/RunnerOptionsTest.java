package dev.alexnet.ops.runner;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerOptionsTest {
  @Test
  void create_nothingTyped_runsDirectly() {
    assertThat(options().create().getRunner().getSimpleName()).isEqualTo("DirectRunner");
  }

  @Test
  void create_optionOfTheRunner_reachesIt() {
    assertThat(options("--targetParallelism=7").create().toString())
        .contains("targetParallelism: 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "directrunner", "direct"})
  void create_runnerInAnySpelling_isFound(String name) {
    assertThat(options("--runner=" + name).create().getRunner().getSimpleName())
        .isEqualTo("DirectRunner");
  }

  @Test
  void create_runnerOfAProfile_namesTheProfile() {
    assertUsage(
        options("--runner=dataflow"),
        "The runner 'DataflowRunner' is not built in; build with the Maven profile runner-dataflow: ALEXNET_PROFILES=runner-dataflow ./alexnet …");
  }

  @Test
  void create_unknownRunner_suggestsTheNearest() {
    assertUsage(
        options("--runner=FlnkRuner"), "unknown runner 'FlnkRuner'; did you mean 'FlinkRunner'?");
  }

  @Test
  void create_noOption_isRefused() {
    assertThatFailure(() -> options("parallelism").create())
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("parallelism");
  }

  @Test
  void refuseFor_somethingTyped_saysThatItIsOfNoUse() {
    assertThatFailure(() -> options("--a=1", "--b=2").refuseFor("synth"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("'synth' does not run on Beam; remove '-- --a=1 --b=2'");
  }

  @Test
  void printHelp_group_showsItsOptions() {
    StringWriter out = new StringWriter();
    options("--help=DirectOptions").printHelp(new PrintWriter(out));

    assertThat(out.toString()).contains("--targetParallelism=<int>");
  }

  @Test
  void printHelp_unknownGroup_suggestsTheNearest() {
    assertThatFailure(
            () -> options("--help=DirectOption").printHelp(new PrintWriter(new StringWriter())))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("Beam has no group of options 'DirectOption'; did you mean 'DirectOptions'?");
  }

  private static void assertUsage(RunnerOptions options, String message) {
    assertThatFailure(options::create).isOfKind(Failure.Kind.USAGE).hasMessage(message);
  }

  private static RunnerOptions options(String... arguments) {
    return new RunnerOptions(List.of(arguments));
  }
}
