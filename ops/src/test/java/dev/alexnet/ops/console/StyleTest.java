package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void of_terminals_coloursEachOfThem() {
    assertThat(Style.of(true, true, NOTHING)).isEqualTo(new Style(true, true, true));
    assertThat(Style.of(true, false, NOTHING)).isEqualTo(new Style(true, true, false));
    assertThat(Style.of(false, true, NOTHING)).isEqualTo(new Style(false, false, true));
    assertThat(Style.of(false, false, NOTHING)).isEqualTo(Style.PLAIN);
  }

  @Test
  void of_noColorOrATerminalWithoutColours_coloursNothing() {
    Style plain = new Style(true, false, false);

    assertThat(Style.of(true, true, Map.of("NO_COLOR", "1"))).isEqualTo(plain);
    assertThat(Style.of(true, true, Map.of("TERM", "dumb"))).isEqualTo(plain);
    assertThat(Style.of(true, true, Map.of("NO_COLOR", ""))).isNotEqualTo(plain);
  }

  @Test
  void with_aChoice_overridesWhatTheTerminalsAre() {
    assertThat(Style.PLAIN.with(ColourChoice.ALWAYS)).isEqualTo(new Style(false, true, true));
    assertThat(new Style(true, true, true).with(ColourChoice.NEVER))
        .isEqualTo(new Style(true, false, false));
    assertThat(new Style(true, false, true).with(ColourChoice.AUTO))
        .isEqualTo(new Style(true, false, true));
  }

  @Test
  void message_aWarning_hasItsFirstWordInAColour() {
    assertThat(new Style(false, false, true).message("Warning: a"))
        .isEqualTo("\u001b[33mWarning:\u001b[0m a");
    assertThat(new Style(false, false, true).message("Job a")).isEqualTo("Job a");
    assertThat(Style.PLAIN.message("Warning: a")).isEqualTo("Warning: a");
  }
}
