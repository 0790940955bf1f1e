package dev.alexnet.infra.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void of_textAfterAByteOrderMark_isTheTextAlone() {
    assertThat(PlainText.of("\uFEFFé 1\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("é 1\n");
  }

  @Test
  void of_textWithAMarkInTheMiddle_isAllOfIt() {
    assertThat(PlainText.of("a\uFEFF\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\uFEFF\n");
  }
}
