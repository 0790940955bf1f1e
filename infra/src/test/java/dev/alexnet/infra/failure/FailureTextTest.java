package dev.alexnet.infra.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTextTest {
  private static final String MESSAGE = "a \"quoted\" {name}\nin two lines\tof a file \u00e9";

  @Test
  void toString_messageOfTwoLines_isOneLineOfJson() {
    assertThat(new Failure(Kind.BAD_DATA, MESSAGE))
        .hasToString(
            "dev.alexnet.infra.failure.Failure: {\"kind\":\"BAD_DATA\",\"message\":\"a \\\"quoted\\\" {name}\\nin two lines\\tof a file \u00e9\"}");
  }

  @ParameterizedTest
  @EnumSource
  void in_stackTraceOfAWrappedFailure_findsKindAndMessage(Kind kind) {
    Throwable wrapped =
        new IllegalStateException("wrapped", new IOException(new Failure(kind, MESSAGE)));

    Optional<Failure> found = FailureText.in(traceOf(wrapped));

    assertThat(found).isPresent();
    assertThat(found.get().kind()).isEqualTo(kind);
    assertThat(found.get()).hasMessage(MESSAGE);
  }

  @Test
  void in_exceptionWhoseMessageIsAStackTrace_findsTheFailure() {
    String trace = traceOf(new Failure(Kind.INPUT_OUTPUT, "disk full"));

    Optional<Failure> found = FailureText.in(new RuntimeException("Task 0 failed:\n" + trace));

    assertThat(found).isPresent();
    assertThat(found.get().kind()).isEqualTo(Kind.INPUT_OUTPUT);
    assertThat(found.get()).hasMessage("disk full");
  }

  @Test
  void in_causeThatIsAFailure_isThatObject() {
    Failure failure = new Failure(Kind.REMOTE, "refused");

    assertThat(FailureText.in(new RuntimeException(failure))).containsSame(failure);
  }

  @Test
  void in_textCutWithinTheMessage_keepsTheKind() {
    String whole = new Failure(Kind.OUTPUT_EXISTS, "somebody else is there").toString();

    Optional<Failure> found = FailureText.in(whole.substring(0, whole.length() - 10));

    assertThat(found).isPresent();
    assertThat(found.get().kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(found.get())
        .hasMessage("The message was cut off on its way here; see the log of the engine");
  }

  @Test
  void in_textCutWithinTheKind_isEmpty() {
    assertThat(FailureText.in("dev.alexnet.infra.failure.Failure: {\"kind\":\"BAD_")).isEmpty();
  }

  @Test
  void in_kindOfAnotherVersion_isEmpty() {
    assertThat(
            FailureText.in(
                "dev.alexnet.infra.failure.Failure: {\"kind\":\"TIRED\",\"message\":\"so\"}"))
        .isEmpty();
  }

  @Test
  void in_anotherException_isEmpty() {
    assertThat(FailureText.in(new IllegalStateException("no failure"))).isEmpty();
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
