package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
    converter = new PictureConverter(SIZE, 95, ResizeMethod.AREA);
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
    "ycck.jpg, 0.5",
    "cmyk_without_marker.jpg, 0.5",
    "deep.png, 0.01",
    "deep_grey.png, 0.01",
    "grey_alpha.png, 0.01",
    "grey_1_bits.png, 0.01",
    "grey_2_bits.png, 0.01",
    "grey_4_bits.png, 0.01",
    "palette_opacity.png, 0.01",
    "colour_key.png, 0.01",
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
    assertThat(largestDifference(pixels, expected)).isLessThanOrEqualTo(1);
  }

  /** The expected pixels come from {@code src/test/python/picture_converter_golden.py}. */
  @ParameterizedTest
  @CsvSource({
    "PILLOW, landscape.jpg, 0.3",
    "PILLOW, portrait.jpg, 0.3",
    "PILLOW, enlarged.png, 0.5",
    "PILLOW, enlarged_portrait.jpg, 0.5",
    "BILINEAR, landscape.jpg, 0.01",
    "BILINEAR, portrait.jpg, 0.01",
    "BILINEAR, enlarged.png, 0.01",
    "BILINEAR, enlarged_portrait.jpg, 0.01",
  })
  void convert_resizeMethod_givesPixelsOfIndependentImplementation(
      ResizeMethod resize, String name, double largestMeanDifference) throws Exception {
    byte[] expected = resource(name + "." + resize.name().toLowerCase(Locale.ROOT) + ".rgb");
    try (PictureConverter other = new PictureConverter(SIZE, 95, resize)) {
      byte[] pixels = other.convert(resource(name)).pixels();

      assertThat(pixels).hasSameSizeAs(expected);
      assertThat(meanDifference(pixels, expected)).isLessThanOrEqualTo(largestMeanDifference);
      assertThat(largestDifference(pixels, expected)).isLessThanOrEqualTo(1);
    }
  }

  /** Orientation 6 in a valid EXIF segment, then segments that contradict themselves. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffe10022 457869660000 4d4d002a00000008 0001 0112 0003 00000001 00060000 00000000",
        "ffe10010 457869660000 4d4dffffffffffff",
        "ffe20012 4943435f50524f46494c4500 0101 ffff",
      })
  void convert_orientationOrBrokenMetadata_isIgnored(String segment) throws Exception {
    byte[] picture = resource("landscape.jpg");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(picture, 0, 2);
    file.write(HexFormat.of().parseHex(segment.replace(" ", "")));
    file.write(picture, 2, picture.length - 2);

    assertThat(pixelsOf(file.toByteArray())).isEqualTo(pixelsOf(picture));
  }

  @ParameterizedTest
  @ValueSource(strings = {"landscape.jpg", "portrait.jpg", "transparent.png"})
  void convert_bytesAfterTheEnd_areIgnored(String name) throws Exception {
    byte[] picture = resource(name);
    byte[] longer = Arrays.copyOf(picture, picture.length + 1000);
    Arrays.fill(longer, picture.length, longer.length, (byte) 0x5a);

    assertThat(pixelsOf(longer)).isEqualTo(pixelsOf(picture));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1, 400",
    "400, 1",
    "1, 10000",
    "10000, 1",
    "23, 24",
    "24, 23",
    "24, 24",
    "24, 25",
    "25, 24",
    "25, 25",
    "399, 400",
    "47, 48",
    "2, 3",
    "3, 397",
  })
  void convert_pictureOfOneColourAndAnySides_keepsTheColour(int width, int height)
      throws Exception {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Arrays.fill(((DataBufferInt) picture.getRaster().getDataBuffer()).getData(), 0x204060);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", file);
    byte[] expected = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (0x20 * (1 + i % 3));
    }

    assertThat(pixelsOf(file.toByteArray())).isEqualTo(expected);
  }

  private static byte[] pixelsOf(byte[] file) throws RejectedPicture {
    return converter.convert(file).pixels();
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
    // The error of compression with quality 95 and colours at half the resolution.
    assertThat(meanDifference(pixels, converted.pixels())).isLessThan(8);
  }

  @Test
  void convert_lowQuality_givesSmallerFile() throws Exception {
    try (PictureConverter coarse = new PictureConverter(SIZE, 10, ResizeMethod.AREA)) {
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
    // The last two bytes of a JPEG are its end marker; the last twelve of a PNG are its last chunk.
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
    // The tables of the scan are overwritten, but the end marker is there.
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

  static double meanDifference(byte[] left, byte[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += Math.abs((left[i] & 0xff) - (right[i] & 0xff));
    }
    return sum / left.length;
  }

  static int largestDifference(byte[] left, byte[] right) {
    int largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs((left[i] & 0xff) - (right[i] & 0xff)));
    }
    return largest;
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream stream = PictureConverterTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream.readAllBytes();
    }
  }
}
