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

  @Test
  void of_utf8_isItsText() {
    assertThat(ByteText.of("café \\x1 C:\\x.jpg".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("café \\x1 C:\\x.jpg");
    assertThat(ByteText.hasEscapes("café \\x1 C:\\x.jpg \\x41")).isFalse();
  }

  @Test
  void of_otherBytes_haveTheirCodes() {
    assertThat(ByteText.of(latin("caf\u00e9"))).isEqualTo("caf\\xe9");
    assertThat(ByteText.of(latin("caf\u00e8"))).isEqualTo("caf\\xe8");
    assertThat(ByteText.of(latin("caf\\xe9"))).isEqualTo("caf\\x5cxe9");
    assertThat(ByteText.hasEscapes("caf\\x5cxe9")).isTrue();
  }

  @Test
  void bytes_ofAnyText_areThoseItWasMadeOf() {
    Random random = new Random(1);
    String alphabet = "\\\\\\xx5c8e9fa\u00e9\u00ff\u00c3\u00a9";
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
      seen.put(text, bytes);
    }
  }
}
