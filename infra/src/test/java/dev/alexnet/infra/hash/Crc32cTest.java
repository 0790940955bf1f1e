package dev.alexnet.infra.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc32cTest {
  // The check value of CRC-32C (Castagnoli) in every catalogue of CRCs.
  private static final long CHECK = 0xE3069283L;

  @Test
  void of_checkInput_isTheCheckValue() {
    assertThat(Crc32c.of("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(CHECK);
    assertThat(Crc32c.of(new byte[0])).isZero();
  }

  @Test
  void combined_everySplit_isThatOfTheWhole() {
    byte[] bytes = new byte[300];
    new Random(1).nextBytes(bytes);
    for (int split = 0; split <= bytes.length; split++) {
      long first = Crc32c.of(Arrays.copyOf(bytes, split));
      long second = Crc32c.of(Arrays.copyOfRange(bytes, split, bytes.length));

      assertThat(Crc32c.combined(first, second, bytes.length - split))
          .as("split at %d", split)
          .isEqualTo(Crc32c.of(bytes));
    }
  }

  @Test
  void combined_longSecondPart_isThatOfTheWhole() {
    byte[] whole = new byte[(3 << 20) + 5];
    new Random(2).nextBytes(whole);
    int split = 12_345;

    assertThat(
            Crc32c.combined(
                Crc32c.of(Arrays.copyOf(whole, split)),
                Crc32c.of(Arrays.copyOfRange(whole, split, whole.length)),
                whole.length - split))
        .isEqualTo(Crc32c.of(whole));
  }

  @Test
  void combined_terabytesOfZeros_agreesWithItsHalves() {
    long half = 1L << 40;
    // The checksum of 2^40 zeros, by doubling that of one.
    long zeros = Crc32c.of(new byte[1]);
    long length = 1;
    while (length < half) {
      zeros = Crc32c.combined(zeros, zeros, length);
      length *= 2;
    }

    assertThat(Crc32c.combined(CHECK, Crc32c.combined(zeros, zeros, half), 2 * half))
        .isEqualTo(Crc32c.combined(Crc32c.combined(CHECK, zeros, half), zeros, half));
  }

  @Test
  void combined_negativeLength_isRefused() {
    assertThatThrownBy(() -> Crc32c.combined(1, 2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The length -1 is negative");
  }
}
