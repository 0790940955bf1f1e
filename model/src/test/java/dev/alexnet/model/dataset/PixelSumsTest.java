package dev.alexnet.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.json.Json;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PixelSumsTest {
  private static final int SIZE = 4;
  private static final Offset<Double> ROUNDING = within(1e-9);

  // NumPy's results for the same images, by src/test/python/golden_dataset.py.
  private static final ColourStatistics GOLDEN =
      Json.read(Golden.bytes("statistics.json"), ColourStatistics.class, "statistics.json");

  private static byte[] image(int number) {
    byte[] pixels = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int index = number * pixels.length + i;
      pixels[i] = (byte) (index * index * 31 + index * 7);
    }
    return pixels;
  }

  private static PixelSums of(int... numbers) {
    PixelSums sums = new PixelSums(SIZE);
    for (int number : numbers) {
      sums.add(image(number));
    }
    return sums;
  }

  private static void assertClose(List<List<Double>> actual, List<List<Double>> expected) {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(actual.get(row).get(column))
            .as("row %d, column %d", row, column)
            .isCloseTo(expected.get(row).get(column), ROUNDING);
      }
    }
  }

  @Test
  void colourStatistics_someImages_areNumpys() {
    ColourStatistics statistics = of(0, 1, 2).colourStatistics();

    assertThat(statistics.images()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(statistics.meanColour().get(i)).isCloseTo(GOLDEN.meanColour().get(i), ROUNDING);
      assertThat(statistics.eigenvalues().get(i)).isCloseTo(GOLDEN.eigenvalues().get(i), ROUNDING);
    }
    assertClose(statistics.covariance(), GOLDEN.covariance());
    assertClose(statistics.eigenvectors(), GOLDEN.eigenvectors());
  }

  @Test
  void meanImage_someImages_isNumpys() {
    assertThat(of(0, 1, 2).meanImage().toBytes()).isEqualTo(Golden.bytes("mean_image.f32"));
  }

  @Test
  void add_anyOrderAndGrouping_givesTheSameBytes() {
    PixelSums right = of(3);
    right.add(of(1));
    PixelSums grouped = of(2, 0);
    grouped.add(right);
    grouped.add(new PixelSums(SIZE));

    assertThat(grouped.toBytes()).isEqualTo(of(0, 1, 2, 3).toBytes());
    assertThat(grouped.images()).isEqualTo(4);
  }

  @Test
  void add_brightestImages_overflowsNothing() {
    byte[] white = new byte[32 * 32 * 3];
    Arrays.fill(white, (byte) 255);
    PixelSums sums = new PixelSums(32);
    for (int i = 0; i < 1000; i++) {
      sums.add(white);
    }

    ByteBuffer numbers = ByteBuffer.wrap(sums.toBytes());
    assertThat(numbers.getLong()).isEqualTo(32);
    assertThat(numbers.getLong()).isEqualTo(1000);
    for (int product = 0; product < 6; product++) {
      assertThat(numbers.getLong()).isEqualTo(1000L * 32 * 32 * 255 * 255);
    }
    while (numbers.hasRemaining()) {
      assertThat(numbers.getLong()).isEqualTo(1000L * 255);
    }
  }

  @Test
  void add_sizesThatFillNoWord_givesTheSumsByDefinition() {
    for (int size = 1; size <= 9; size++) {
      PixelSums sums = new PixelSums(size);
      long[] levels = new long[size * size * 3];
      long[][] products = new long[3][3];
      Random random = new Random(size);
      for (int image = 0; image < 300; image++) {
        byte[] pixels = new byte[levels.length];
        random.nextBytes(pixels);
        sums.add(pixels);
        for (int i = 0; i < levels.length; i++) {
          levels[i] += pixels[i] & 0xff;
          for (int other = i; other < i / 3 * 3 + 3; other++) {
            long level = pixels[i] & 0xff;
            products[i % 3][other % 3] += level * (pixels[other] & 0xff);
          }
        }
      }

      LongBuffer numbers = ByteBuffer.wrap(sums.toBytes()).asLongBuffer();
      long[] actual = new long[numbers.remaining()];
      numbers.get(actual);
      assertThat(Arrays.copyOfRange(actual, 2, 8))
          .containsExactly(
              products[0][0],
              products[0][1],
              products[0][2],
              products[1][1],
              products[1][2],
              products[2][2]);
      assertThat(Arrays.copyOfRange(actual, 8, actual.length)).containsExactly(levels);
    }
  }

  @Test
  void add_otherSize_isRefused() {
    PixelSums sums = of(0);

    assertThatThrownBy(() -> sums.add(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An image has 3 values; it must have 48");
    assertThatThrownBy(() -> sums.add(new PixelSums(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sums of size 5 do not fit 4");
    assertThat(sums.toBytes()).isEqualTo(of(0).toBytes());
  }

  @Test
  void colourStatistics_imagesOfOneColour_haveNoVariance() {
    PixelSums sums = new PixelSums(1);
    sums.add(new byte[] {(byte) 200, 100, 50});
    sums.add(new byte[] {(byte) 200, 100, 50});

    ColourStatistics statistics = sums.colourStatistics();
    assertThat(statistics.meanColour()).containsExactly(200.0, 100.0, 50.0);
    assertThat(statistics.eigenvalues()).containsExactly(0.0, 0.0, 0.0);
    assertThat(statistics.principalColours()).isDeepEqualTo(new float[3][3]);
  }

  @Test
  void colourStatistics_greyImages_haveOneDirectionOfPositiveSign() {
    PixelSums sums = new PixelSums(1);
    sums.add(new byte[] {0, 0, 0});
    sums.add(new byte[] {100, 100, 100});

    ColourStatistics statistics = sums.colourStatistics();
    // Each channel has the variance 2500, and so has each pair.
    assertThat(statistics.eigenvalues().get(0)).isCloseTo(7500, ROUNDING);
    for (int c = 0; c < 3; c++) {
      assertThat(statistics.eigenvectors().get(0).get(c)).isCloseTo(Math.sqrt(1 / 3.0), ROUNDING);
      assertThat(statistics.principalColours()[0][c]).isCloseTo(50, within(1e-5f));
    }
  }

  @Test
  void statistics_noImage_areRefused() {
    assertThatThrownBy(() -> of().meanImage())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There are no statistics without an image");
    assertThatThrownBy(() -> of().colourStatistics()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fromBytes_bytesOfToBytes_givesTheSameSums() {
    PixelSums copy = PixelSums.fromBytes(of(0, 1, 2).toBytes());

    assertThat(copy.size()).isEqualTo(SIZE);
    assertThat(copy.images()).isEqualTo(3);
    assertThat(copy.toBytes()).isEqualTo(of(0, 1, 2).toBytes());
    assertThat(copy.colourStatistics()).isEqualTo(of(0, 1, 2).colourStatistics());
  }

  @Test
  void fromBytes_cutAnywhere_isRefused() {
    byte[] bytes = of(0).toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PixelSums.fromBytes(cut))
          .as("cut at %d", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fromBytes_absurdSize_isRefusedBeforeAllocation() {
    byte[] bytes = of(0).toBytes();
    bytes[4] = 0x7f;

    assertThatThrownBy(() -> PixelSums.fromBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("448 bytes are not the sums of 1 images of size 2130706436");
  }

  @Test
  void new_sizeOutOfRange_isRefused() {
    assertThatThrownBy(() -> new PixelSums(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The size is 0; it must be 1 to 4096");
    assertThatThrownBy(() -> new PixelSums(4097)).isInstanceOf(IllegalArgumentException.class);
  }
}
