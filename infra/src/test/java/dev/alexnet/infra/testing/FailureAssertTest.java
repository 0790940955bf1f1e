package dev.alexnet.infra.testing;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import org.junit.jupiter.api.Test;

class FailureAssertTest {
  private static void fail() {
    throw new Failure(Failure.Kind.BAD_DATA, "The shard is cut off");
  }

  @Test
  void assertThatFailure_ofThatKindAndMessage_passes() {
    assertThatFailure(FailureAssertTest::fail)
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("The shard is cut off");
  }

  @Test
  void isOfKind_another_saysBothAndTheMessage() {
    assertThatThrownBy(
            () -> assertThatFailure(FailureAssertTest::fail).isOfKind(Failure.Kind.USAGE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected a failure of kind USAGE but was BAD_DATA")
        .hasMessageContaining("The shard is cut off");
  }

  @Test
  void assertThatFailure_ofCodeThatThrowsNothingOrSomethingElse_fails() {
    assertThatThrownBy(() -> assertThatFailure(() -> {})).isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () ->
                assertThatFailure(
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(AssertionError.class);
  }
}
