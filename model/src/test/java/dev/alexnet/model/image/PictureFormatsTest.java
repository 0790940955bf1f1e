package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of pictures beside the usual JPEG and PNG, and pictures that are to be turned. */
class PictureFormatsTest {
  private static final int SIZE = 24;
  private static PictureConverter converter;
  private static PictureConverter turning;

  @BeforeAll
  static void open() {
    converter = new PictureConverter(SIZE, 95, ResizeMethod.AREA);
    turning = new PictureConverter(SIZE, 95, ResizeMethod.AREA, Orientation.APPLY);
  }

  @AfterAll
  static void close() {
    converter.close();
    turning.close();
  }

  private static byte[] resource(String name) throws IOException {
    return PictureConverterTest.resource("formats/" + name);
  }

  /** The expected pixels come from {@code src/test/python/picture_formats_golden.py}. */
  @ParameterizedTest
  @CsvSource({
    "rgb_adobe.jpg, 0.01, 1",
    "rgb_444.jpg, 0.01, 1",
    "progressive.jpg, 0.01, 1",
    "restarts.jpg, 0.01, 1",
    "restarts_progressive.jpg, 0.01, 1",
    "two.mpo, 0.01, 1",
    "palette.gif, 0.01, 1",
    "grey.gif, 0.01, 1",
    "transparent.gif, 0.01, 1",
    "animated.gif, 0.01, 1",
    "rgb.bmp, 0.01, 1",
    "grey.bmp, 0.01, 1",
    "palette.bmp, 0.01, 1",
    "rgba.bmp, 0.01, 1",
    "bilevel.bmp, 0.01, 1",
    "rgb.tif, 0.01, 1",
    "lzw.tif, 0.01, 1",
    "deflate.tif, 0.01, 1",
    "packbits.tif, 0.01, 1",
    "grey.tif, 0.01, 1",
    "rgba.tif, 0.01, 1",
    "bilevel.tif, 0.01, 1",
    "deep.tif, 0.01, 1",
    "jpeg.tif, 0.01, 1",
    "lossless.webp, 0.01, 1",
    "lossless_rgba.webp, 0.01, 1",
    // Chroma is upsampled otherwise than by libwebp.
    "lossy.webp, 1, 6",
    "lossy_rgba.webp, 1, 6",
    "animated.webp, 0.01, 1",
  })
  void convert_picture_givesPixelsOfIndependentImplementation(
      String name, double largestMeanDifference, int largestDifference) throws Exception {
    byte[] expected = resource(name + ".rgb");

    ConvertedPicture converted = converter.convert(resource(name));

    assertThat(PictureConverterTest.meanDifference(converted.pixels(), expected))
        .isLessThanOrEqualTo(largestMeanDifference);
    assertThat(PictureConverterTest.largestDifference(converted.pixels(), expected))
        .isLessThanOrEqualTo(largestDifference);
    assertThat(converted.isTurned()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossy_rgba.webp"})
  void convert_lossyWebp_differsFromLibwebpInChromaOnly(String name) throws Exception {
    byte[] expected = resource(name + ".rgb");
    byte[] pixels = converter.convert(resource(name)).pixels();

    assertThat(meanDifferenceOfLuma(pixels, expected))
        .isLessThan(0.3 * PictureConverterTest.meanDifference(pixels, expected));
  }

  /**
   * A palette of random colours on noise: what the JPEG of the dataset loses is the colour of
   * single pixels, because chroma is stored at half the size.
   */
  @Test
  void convert_paletteOfNoise_losesMostlyChromaInItsJpeg() throws Exception {
    ConvertedPicture converted =
        converter.convert(PictureConverterTest.resource("palette_opacity.png"));
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(converted.jpeg()));
    byte[] stored = new byte[converted.pixels().length];
    for (int i = 0; i < SIZE * SIZE; i++) {
      int rgb = decoded.getRGB(i % SIZE, i / SIZE);
      for (int channel = 0; channel < 3; channel++) {
        stored[3 * i + channel] = (byte) (rgb >> (16 - 8 * channel));
      }
    }

    assertThat(PictureConverterTest.meanDifference(stored, converted.pixels())).isGreaterThan(4.8);
    assertThat(meanDifferenceOfLuma(stored, converted.pixels())).isLessThan(2);
  }

  /** ITU-R BT.601, as JPEG and WebP store it. */
  private static double meanDifferenceOfLuma(byte[] left, byte[] right) {
    double[] weights = {0.299, 0.587, 0.114};
    double sum = 0;
    for (int i = 0; i < left.length; i += 3) {
      double difference = 0;
      for (int channel = 0; channel < 3; channel++) {
        difference += weights[channel] * ((left[i + channel] & 0xff) - (right[i + channel] & 0xff));
      }
      sum += Math.abs(difference);
    }
    return 3 * sum / left.length;
  }

  /** As Pillow's {@code ImageOps.exif_transpose} turns them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void convert_orientation_turnsIfApplied(int orientation) throws Exception {
    byte[] picture = resource("orientation_" + orientation + ".jpg");
    byte[] turned = resource("orientation_" + orientation + ".jpg.rgb");
    byte[] stored = resource("orientation_1.jpg.rgb");

    ConvertedPicture ignored = converter.convert(picture);
    ConvertedPicture applied = turning.convert(picture);

    assertThat(PictureConverterTest.largestDifference(ignored.pixels(), stored))
        .isLessThanOrEqualTo(1);
    assertThat(PictureConverterTest.largestDifference(applied.pixels(), turned))
        .isLessThanOrEqualTo(1);
    assertThat(ignored.orientation()).isEqualTo(orientation);
    assertThat(applied.orientation()).isEqualTo(orientation);
    assertThat(applied.isTurned()).isEqualTo(orientation != 1);
    assertThat(List.of(applied.sourceWidth(), applied.sourceHeight()))
        .isEqualTo(orientation < 5 ? List.of(61, 45) : List.of(45, 61));
  }

  /** Every cut leaves the picture as it was or is noticed. */
  @ParameterizedTest
  @ValueSource(
      strings = {"palette.gif", "rgb.bmp", "palette.bmp", "rgb.tif", "lzw.tif", "lossless.webp"})
  void convert_cutAnywhere_isRejectedOrTheSame(String name) throws Exception {
    byte[] picture = resource(name);
    byte[] whole = converter.convert(picture).pixels();
    int rejected = 0;
    for (int length = 12; length < picture.length; length += 1 + picture.length / 60) {
      byte[] cut = Arrays.copyOf(picture, length);
      try {
        assertThat(converter.convert(cut).pixels()).as("%d bytes", length).isEqualTo(whole);
      } catch (RejectedPicture e) {
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"palette.gif", "rgb.bmp", "lzw.tif", "lossless.webp", "lossy.webp"})
  void convert_damagedBytes_areRejectedOrDecodedButNeverAFault(String name) throws Exception {
    byte[] picture = resource(name);
    for (int place = 0; place < picture.length; place += 1 + picture.length / 150) {
      byte[] damaged = picture.clone();
      damaged[place] ^= (byte) 0xff;
      try {
        assertThat(converter.convert(damaged).pixels()).hasSize(SIZE * SIZE * 3);
      } catch (RejectedPicture e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "palette.gif, 6, 8, TOO_LARGE",
    "rgb.bmp, 18, 22, TRUNCATED",
  })
  void convert_manyPixels_isRejectedBeforeDecoding(
      String name, int width, int height, Reason reason) throws Exception {
    byte[] picture = resource(name);
    if (name.endsWith(".gif")) {
      // Of the first picture, too.
      int descriptor = 13 + 3 * 256;
      while (picture[descriptor] != 0x2c) {
        descriptor++;
      }
      Arrays.fill(picture, descriptor + 5, descriptor + 9, (byte) 0x7f);
    }
    picture[width] = (byte) 0xff;
    picture[width + 1] = 0x7f;
    picture[height] = (byte) 0xff;
    picture[height + 1] = 0x7f;

    RejectedPicture rejection =
        catchThrowableOfType(RejectedPicture.class, () -> converter.convert(picture));

    assertThat(rejection.reason()).isEqualTo(reason);
  }

  @Test
  void convert_compressedBmp_isRejectedAsUnsupported() throws Exception {
    byte[] picture = resource("palette.bmp");
    picture[30] = 1;

    RejectedPicture rejection =
        catchThrowableOfType(RejectedPicture.class, () -> converter.convert(picture));

    assertThat(rejection)
        .hasMessage("it is a compressed BMP file; uncompressed ones are decoded")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.UNSUPPORTED);
  }
}
