package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureConverterTest {
  private static final int SIZE = 24;
  private static PictureConverter converter;

  @BeforeAll
  static void open() {
    converter = new PictureConverter(SIZE, 95);
  }

  @AfterAll
  static void close() {
    converter.close();
  }

  /** The expected pixels come from {@code src/test/python/picture_converter_golden.py}. */
  @ParameterizedTest
  @CsvSource({
    "landscape.jpg, 0.01",
    "portrait.jpg, 0.01",
    "grey.jpg, 0.01",
    "cmyk.jpg, 0.5",
    "transparent.png, 0.01",
    "palette.png, 0.01",
    "enlarged.png, 0.05",
    "enlarged_portrait.jpg, 0.05",
    "untouched.png, 0",
  })
  void convert_picture_givesPixelsOfIndependentImplementation(
      String name, double largestMeanDifference) throws Exception {
    byte[] expected = resource(name + ".rgb");

    byte[] pixels = converter.convert(resource(name)).pixels();

    assertThat(pixels).hasSameSizeAs(expected);
    assertThat(meanDifference(pixels, expected)).isLessThanOrEqualTo(largestMeanDifference);
  }

  @Test
  void convert_picture_givesJpegOfThePixels() throws Exception {
    ConvertedPicture converted = converter.convert(resource("landscape.jpg"));

    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(converted.jpeg()));

    assertThat(decoded.getWidth()).isEqualTo(SIZE);
    assertThat(decoded.getHeight()).isEqualTo(SIZE);
    byte[] pixels = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < SIZE * SIZE; i++) {
      int rgb = decoded.getRGB(i % SIZE, i / SIZE);
      pixels[3 * i] = (byte) (rgb >> 16);
      pixels[3 * i + 1] = (byte) (rgb >> 8);
      pixels[3 * i + 2] = (byte) rgb;
    }
    // What compression with quality 95 costs, with colours at half the resolution.
    assertThat(meanDifference(pixels, converted.pixels())).isLessThan(8);
  }

  @Test
  void convert_lowQuality_givesSmallerFile() throws Exception {
    try (PictureConverter coarse = new PictureConverter(SIZE, 10)) {
      byte[] picture = resource("landscape.jpg");

      assertThat(coarse.convert(picture).jpeg().length)
          .isLessThan(converter.convert(picture).jpeg().length);
    }
  }

  @Test
  void convert_manyThreads_giveEqualBytes() throws Exception {
    byte[] picture = resource("portrait.jpg");
    byte[] expected = converter.convert(picture).jpeg();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<byte[]>> results = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      results.add(threads.submit(() -> converter.convert(picture).jpeg()));
    }
    for (Future<byte[]> result : results) {
      assertThat(result.get()).isEqualTo(expected);
    }
    threads.shutdown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"landscape.jpg", "portrait.jpg", "grey.jpg", "transparent.png"})
  void convert_pictureCutAnywhere_isRejectedAsTruncated(String name) throws IOException {
    byte[] whole = resource(name);
    // The last two bytes of a JPEG are its end mark; the last twelve of a PNG are its last chunk.
    int withoutEnd = name.endsWith(".png") ? whole.length - 13 : whole.length - 1;
    for (int length = 20; length <= withoutEnd; length += Math.max(1, whole.length / 97)) {
      assertThat(rejection(Arrays.copyOf(whole, length)).reason())
          .as("%s cut to %d of %d bytes", name, length, whole.length)
          .isEqualTo(Reason.TRUNCATED);
    }
    assertThat(rejection(Arrays.copyOf(whole, withoutEnd)).reason()).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void convert_cutJpegWithWholePreview_isRejectedAsTruncated() throws IOException {
    byte[] whole = resource("landscape.jpg");
    byte[] preview = {(byte) 0xff, (byte) 0xe1, 0, 6, (byte) 0xff, (byte) 0xd8, -1, (byte) 0xd9};
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(whole, 0, 2);
    file.write(preview);
    file.write(whole, 2, whole.length / 2);

    assertThat(rejection(file.toByteArray()).reason()).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void convert_jpegWithoutItsScan_isRejectedByTheDecoder() throws IOException {
    byte[] picture = resource("landscape.jpg");
    int scan = indexOf(picture, 0xda);
    // The tables of the scan are overwritten, the end mark is there.
    Arrays.fill(picture, indexOf(picture, 0xc4) + 4, scan, (byte) 0x55);

    RejectedPicture rejection = rejection(picture);

    assertThat(rejection.reason()).isEqualTo(Reason.DECODER_ERROR);
    assertThat(rejection).hasMessageStartingWith("the decoder refused it: ");
  }

  @Test
  void convert_stripThatWouldBeScaledTooFar_isRejected() throws IOException {
    BufferedImage strip = new BufferedImage(3_000_000, 1, BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(strip, "png", file);

    assertThat(rejection(file.toByteArray()))
        .hasMessage("it is 3000000 × 1 pixels, which would be scaled to 72000000 × 24")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void convert_emptyFile_isRejected() {
    assertThatThrownBy(() -> converter.convert(new byte[0]))
        .isInstanceOf(RejectedPicture.class)
        .hasMessage("the file is empty");
  }

  private static RejectedPicture rejection(byte[] picture) {
    return catchThrowableOfType(RejectedPicture.class, () -> converter.convert(picture));
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new AssertionError("There is no marker " + Integer.toHexString(marker));
  }

  private static double meanDifference(byte[] left, byte[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += Math.abs((left[i] & 0xff) - (right[i] & 0xff));
    }
    return sum / left.length;
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream stream = PictureConverterTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream.readAllBytes();
    }
  }
}
