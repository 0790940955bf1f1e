package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTimeTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 s",
    "PT0.44S, 0.4 s",
    "PT59.9S, 59 s",
    "PT4M5S, 4 min 05 s",
    "PT3H20M59S, 3 h 20 min",
    "PT50H, 50 h 00 min"
  })
  void text_anyDuration_usesTwoUnits(Duration duration, String text) {
    assertThat(ElapsedTime.text(duration)).isEqualTo(text);
  }
}
