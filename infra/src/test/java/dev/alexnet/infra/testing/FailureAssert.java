package dev.alexnet.infra.testing;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.alexnet.infra.failure.Failure;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Assertions on failures as an operator sees them: the kind, and so the exit code, and the message.
 */
public final class FailureAssert extends AbstractThrowableAssert<FailureAssert, Throwable> {

  private FailureAssert(Throwable thrown) {
    super(thrown, FailureAssert.class);
    isInstanceOf(Failure.class);
  }

  /** Runs code that must throw a {@link Failure}. */
  public static FailureAssert assertThatFailure(ThrowingCallable code) {
    return new FailureAssert(catchThrowable(code));
  }

  /** What was thrown must be a {@link Failure}. */
  public static FailureAssert assertThatFailure(Throwable thrown) {
    return new FailureAssert(thrown);
  }

  public FailureAssert isOfKind(Failure.Kind expected) {
    Failure.Kind kind = ((Failure) actual).kind();
    if (kind != expected) {
      throw failureWithActualExpected(
          kind, expected, "Expected a failure of kind %s but was %s: %s", expected, kind, actual);
    }
    return this;
  }
}
