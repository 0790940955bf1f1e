package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {
  private final StringWriter err = new StringWriter();
  private final ExitCodes exitCodes =
      new ExitCodes(TypedLine.console(new StringWriter(), err), failure -> {});

  @ParameterizedTest
  @EnumSource(Failure.Kind.class)
  void afterThrown_failure_endsWithItsCode(Failure.Kind kind) {
    assertThat(exitCodes.afterThrown(new Failure(kind, "why"))).isEqualTo(kind.exitCode());
    assertThat(err).hasToString("alexnet: why\n");
  }

  @Test
  void afterThrown_failureWrappedByRunner_endsWithItsCode() {
    Failure failure = new Failure(Failure.Kind.BAD_DATA, "a.tar at 512: no header");
    RuntimeException wrapped = new RuntimeException(new IllegalStateException("bundle", failure));

    assertThat(exitCodes.afterThrown(wrapped)).isEqualTo(65);
    assertThat(err).hasToString("alexnet: a.tar at 512: no header\n");
  }

  @Test
  void afterThrown_anythingElse_isABugWithItsTrace() {
    assertThat(exitCodes.afterThrown(new IllegalStateException("broken"))).isEqualTo(70);
    assertThat(err.toString())
        .startsWith(
            """
            alexnet: this is a bug; please report it with the stack trace below
            java.lang.IllegalStateException: broken
            """)
        .contains("at " + ExitCodesTest.class.getName());
  }
}
