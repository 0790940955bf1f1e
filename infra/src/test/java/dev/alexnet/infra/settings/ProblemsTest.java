package dev.alexnet.infra.settings;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  @Test
  void throwIfAny_nothingWrong_returns() {
    assertThatCode(() -> new Problems("convert").require(true, "never said").throwIfAny())
        .doesNotThrowAnyException();
  }

  @Test
  void throwIfAny_oneProblem_isOneLine() {
    Problems problems =
        new Problems("convert").require(false, "shards is %s; it must be at least %s", 0, 1);

    assertThatFailure(problems::throwIfAny)
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("convert: shards is 0; it must be at least 1");
  }

  @Test
  void throwIfAny_manyProblems_namesThemAllInOrder() {
    Problems problems =
        new Problems("convert")
            .require(false, "shards is %s", 0)
            .require(true, "never said")
            .add("quality is %s", 101);

    assertThatThrownBy(problems::throwIfAny)
        .hasMessage(
            """
            convert: 2 problems:
              shards is 0
              quality is 101""");
  }

  @Test
  void add_messageWithoutArguments_isTakenAsItIs() {
    assertThatThrownBy(() -> new Problems("convert").add("100% wrong").throwIfAny())
        .hasMessage("convert: 100% wrong");
  }

  @Test
  void requireGiven_nullOrEmpty_saysWhich() {
    assertThatThrownBy(
            () ->
                new Problems("contract")
                    .requireGiven("region", null)
                    .requireGiven("project", " ")
                    .requireGiven("zones", List.of())
                    .requireGiven("labels", Map.of())
                    .requireGiven("quota", 0)
                    .requireGiven("network", "n")
                    .throwIfAny())
        .hasMessage(
            """
            contract: 4 problems:
              region is null
              project is empty
              zones is empty
              labels is empty""");
  }
}
