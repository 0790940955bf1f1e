package dev.alexnet.infra.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteTextTest {
  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void of_utf8_isItsText() {
    assertThat(ByteText.of(utf8("café \\x1 C:\\x.jpg"))).isEqualTo("café \\x1 C:\\x.jpg");
    assertThat(ByteText.hasEscapes("café \\x1 C:\\x.jpg \\xg0")).isFalse();
  }

  @Test
  void of_otherBytes_haveTheirCodes() {
    assertThat(ByteText.of(latin("caf\u00e9"))).isEqualTo("caf\\xe9");
    assertThat(ByteText.of(latin("caf\u00e8"))).isEqualTo("caf\\xe8");
    assertThat(ByteText.of(latin("caf\\xe9"))).isEqualTo("caf\\x5cxe9");
    assertThat(ByteText.hasEscapes("caf\\x5cxe9")).isTrue();
  }

  @Test
  void of_whatBreaksLinesOrIsStripped_hasItsCodesToo() {
    assertThat(ByteText.of(utf8("a\tb\nc\rd\u001be\u007f")))
        .isEqualTo("a\\x09b\\x0ac\\x0dd\\x1be\\x7f");
    assertThat(ByteText.of(utf8("a\u0085b\u2028c\ufeff")))
        .isEqualTo("a\\xc2\\x85b\\xe2\\x80\\xa8c\\xef\\xbb\\xbf");
    assertThat(ByteText.of(utf8(" a b "))).isEqualTo("\\x20a b\\x20");
    assertThat(ByteText.of(utf8("a\u00a0"))).isEqualTo("a\\xc2\\xa0");
  }

  @Test
  void bytes_ofAnyText_areThoseItWasMadeOf() {
    Random random = new Random(1);
    String alphabet = "\\\\\\xx5c2089fa \0\t\n\u00e9\u00ff\u00c2\u00a0\u0085\u00c3\u00a9";
    Map<String, byte[]> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(9); length >= 0; length--) {
        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] bytes = latin(name.toString());
      String text = ByteText.of(bytes);

      assertThat(ByteText.bytes(text)).as(text).isEqualTo(bytes);
      assertThat(seen.getOrDefault(text, bytes)).as(text).isEqualTo(bytes);
      assertThat(PlainText.hasControls(text)).as(text).isFalse();
      assertThat(PlainText.stripped(text)).isEqualTo(text);
      seen.put(text, bytes);
    }
  }
}
