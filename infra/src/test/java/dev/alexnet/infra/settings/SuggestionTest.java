package dev.alexnet.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> KNOWN = List.of("full", "mini", "learning-rate");

  @ParameterizedTest
  @CsvSource({"mimi, mini", "MINI, mini", "ful, full", "learningrate, learning-rate"})
  void forWord_nearWord_isSuggested(String wrong, String right) {
    assertThat(Suggestion.forWord(wrong, KNOWN)).isEqualTo("; did you mean '" + right + "'?");
  }

  @ParameterizedTest
  @CsvSource({"momentum", "''"})
  void forWord_farWord_listsAllKnown(String wrong) {
    assertThat(Suggestion.forWord(wrong, KNOWN)).isEqualTo("; known are full, mini, learning-rate");
  }

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "flaw, lawn, 2",
    "'', abc, 3",
    "abc, '', 3",
    "same, SAME, 0",
  })
  void distance_twoWords_isLevenshteins(String left, String right, int expected) {
    assertThat(Suggestion.distance(left, right)).isEqualTo(expected);
    assertThat(Suggestion.distance(right, left)).isEqualTo(expected);
  }
}
