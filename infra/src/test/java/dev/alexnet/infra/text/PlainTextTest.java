package dev.alexnet.infra.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
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

  @Test
  void strict_textAfterAByteOrderMark_isTheTextAlone() {
    byte[] content = "\uFEFFé 1\n".getBytes(StandardCharsets.UTF_8);

    assertThat(PlainText.strict(content, "list.txt")).isEqualTo("é 1\n");
  }

  @Test
  void strict_latinByte_isRefusedWithItsLine() {
    byte[] content = "one\r\ntwo\n\nB\u00e4r\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> PlainText.strict(content, "list.txt"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessage("list.txt, line 4: a byte is not UTF-8; save the file as UTF-8");
  }
}
