package dev.alexnet.ops.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerArgumentsTest {
  private final RunnerArguments arguments =
      new RunnerArguments(List.of("--a=1", "--ab=2", "--a=3", "--flag"));

  @Test
  void value_givenTwice_isTheLast() {
    assertThat(arguments.value("--a")).contains("3");
  }

  @Test
  void value_absent_isEmpty() {
    assertThat(arguments.value("--b")).isEmpty();
  }

  @Test
  void withDefaults_someGiven_addsTheOthers() {
    assertThat(arguments.withDefaults(List.of("--a=9", "--b=x=y")).words())
        .containsExactly("--a=1", "--ab=2", "--a=3", "--flag", "--b=x=y");
  }
}
