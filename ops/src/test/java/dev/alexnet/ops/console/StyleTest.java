package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void of_terminals_coloursEachOfThem() {
    assertThat(Style.of(true, true, NOTHING)).isEqualTo(new Style(true, true, true, null));
    assertThat(Style.of(true, false, NOTHING)).isEqualTo(new Style(true, true, false, null));
    assertThat(Style.of(false, true, NOTHING)).isEqualTo(new Style(false, false, true, null));
    assertThat(Style.of(false, false, NOTHING)).isEqualTo(Style.PLAIN);
  }

  @Test
  void of_noColorOrATerminalWithoutColours_coloursNothing() {
    Style plain = new Style(true, false, false, null);

    assertThat(Style.of(true, true, Map.of("NO_COLOR", "1"))).isEqualTo(plain);
    assertThat(Style.of(true, true, Map.of("TERM", "dumb"))).isEqualTo(plain);
    assertThat(Style.of(true, true, Map.of("NO_COLOR", ""))).isNotEqualTo(plain);
  }

  @Test
  void with_aChoice_overridesWhatTheTerminalsAre() {
    assertThat(Style.PLAIN.with(ColourChoice.ALWAYS)).isEqualTo(new Style(false, true, true, null));
    assertThat(new Style(true, true, true, null).with(ColourChoice.NEVER))
        .isEqualTo(new Style(true, false, false, null));
    assertThat(new Style(true, false, true, null).with(ColourChoice.AUTO))
        .isEqualTo(new Style(true, false, true, null));
  }

  @Test
  void message_aWarning_hasItsFirstWordInAColour() {
    assertThat(new Style(false, false, true, null).message("Warning: a"))
        .isEqualTo("\u001b[33mWarning:\u001b[0m a");
    assertThat(new Style(false, false, true, null).message("Job a")).isEqualTo("Job a");
    assertThat(Style.PLAIN.message("Warning: a")).isEqualTo("Warning: a");
  }

  @Test
  void message_withAClock_hasItsTime() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    assertThat(Style.PLAIN.with(clock).message("Job a")).isEqualTo("2026-01-02T03:04:05Z Job a");
  }
}
