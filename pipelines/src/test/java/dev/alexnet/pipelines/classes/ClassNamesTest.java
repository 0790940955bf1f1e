package dev.alexnet.pipelines.classes;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
  private static void require(String... names) {
    ClassNames.requireDifferent(List.of(names), "the input");
  }

  @Test
  void requireDifferent_oneNumberInTwoSpellings_isRefused() {
    for (String other : List.of("01", "1.0", "+1", "1e0")) {
      assertThatFailure(() -> require("0", "1", other))
          .isOfKind(Kind.BAD_DATA)
          .hasMessage(
              "The classes '1' and '%s' of the input are the same number. Rename one if they are two classes, or put their pictures together"
                  .formatted(other));
    }
  }

  @Test
  void requireDifferent_numbersAmongWords_areNames() {
    require("1", "01", "cat");
    require("1", "10", "100", "1.5");
    require("1.1", "1.10");
    require("cat", "Cat");
  }

  @Test
  void requireDifferent_oneWordInTwoSpellingsOfUnicode_isRefusedWithBothToBeTold() {
    assertThatFailure(() -> require("caf\u00e9", "tea", "cafe\u0301"))
        .isOfKind(Kind.BAD_DATA)
        .hasMessage(
            "The classes 'caf\\u00e9' and 'cafe\\u0301' of the input look the same, and differ only"
                + " in how Unicode spells a letter. Rename one if they are two classes, or put their"
                + " pictures together");
  }

  @Test
  void integers_severalSpellings_areTheInteger() {
    assertThat(ClassNames.integers(List.of("1", "01", "2")))
        .isEqualTo(Map.of("1", "1", "01", "1", "2", "2"));
    assertThat(ClassNames.integers(List.of("1.0", "2.0")))
        .isEqualTo(Map.of("1.0", "1", "2.0", "2"));
  }

  /** Existing datasets have classes with such names. */
  @Test
  void integers_oneSpellingEach_isKept() {
    assertThat(ClassNames.integers(List.of("01", "02"))).isEqualTo(Map.of("01", "01", "02", "02"));
    assertThat(ClassNames.integers(List.of("1", "1.0", "cat")))
        .isEqualTo(Map.of("1", "1", "1.0", "1.0", "cat", "cat"));
  }
}
