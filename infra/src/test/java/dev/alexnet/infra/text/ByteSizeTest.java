package dev.alexnet.infra.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1, 1",
    "1023, 1023, 1023",
    "1024, 1024, 1K",
    "1K, 1024, 1K",
    "1536K, 1572864, 1536K",
    "500M, 524288000, 500M",
    "2048M, 2147483648, 2G",
    "50g, 53687091200, 50G",
    "' 3T ', 3298534883328, 3T",
    "8388607T, 9223370937343148032, 8388607T"
  })
  void parse_size_isInPowersOf1024(String text, long bytes, String written) {
    ByteSize size = ByteSize.parse(text);
    assertThat(size.bytes()).isEqualTo(bytes);
    assertThat(size).hasToString(written);
    assertThat(ByteSize.parse(written)).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "50 G", "50GB", "1.5G", "-1", "50P", "fifty"})
  void parse_anythingElse_saysWhatToWrite(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' is not a size; write a whole number and K, M, G or T, such as 50G");
  }

  @Test
  void parse_moreThanALong_isRefused() {
    assertThatThrownBy(() -> ByteSize.parse("8388608T"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'8388608T' is too large");
  }

  @Test
  void new_negative_isRefused() {
    assertThatThrownBy(() -> new ByteSize(-1)).hasMessage("bytes is -1; it must be at least 0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "10239, 10239, 10239",
    "10240, 10K, 10K",
    "10241, 11K, 10K",
    "367001601, 351M, 350M",
    "53687091201, 51G, 50G",
  })
  void rounded_size_hasFewDigits(long bytes, String up, String down) {
    assertThat(new ByteSize(bytes).roundedUp()).hasToString(up);
    assertThat(new ByteSize(bytes).roundedDown()).hasToString(down);
  }
}
