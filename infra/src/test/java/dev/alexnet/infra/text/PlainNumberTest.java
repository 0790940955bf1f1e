package dev.alexnet.infra.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumberTest {
  @ParameterizedTest
  @CsvSource({
    "7,7",
    "2.0,2",
    "10.000,10",
    "007,7",
    "-1,-1",
    "+3,3",
    "1e3,1000",
    "2.5E1,25",
    "4.,4"
  })
  void whole_integerInAnyForm_isThatInteger(String text, int number) {
    assertThat(PlainNumber.whole(text)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2.5",
        "cat",
        "1e",
        "0x7",
        "7 ",
        "1_000",
        "1,5",
        "3000000000",
        "\u0664",
        "1e999999999"
      })
  void whole_anythingElse_isEmpty(String text) {
    assertThat(PlainNumber.whole(text)).isEmpty();
  }

  @Test
  void of_fraction_isItsValue() {
    assertThat(PlainNumber.of("2.50")).hasValue(new BigDecimal("2.50"));
    assertThat(PlainNumber.of("v2.5")).isEmpty();
  }
}
