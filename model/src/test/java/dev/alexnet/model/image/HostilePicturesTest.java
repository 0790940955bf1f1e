package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.image.RejectedPicture.Reason;
import dev.alexnet.model.testing.Bombs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged pictures and decompression bombs, with intact pictures between them. */
class HostilePicturesTest {
  private static final int SIZE = 24;
  private static final int MEBIBYTE = 1 << 20;
  private static PictureConverter converter;

  @BeforeAll
  static void open() {
    converter = new PictureConverter(SIZE, 95, ResizeMethod.AREA);
  }

  @AfterAll
  static void close() {
    converter.close();
  }

  @Test
  void convert_flippedBits_givesTheSameVerdictEveryTime() throws IOException {
    Random random = new Random(20121203);
    for (String name : List.of("landscape.jpg", "portrait.jpg", "grey.jpg", "transparent.png")) {
      byte[] picture = PictureConverterTest.resource(name);
      for (int flip = 0; flip < 500; flip++) {
        byte[] file = picture.clone();
        int bit = random.nextInt(8 * file.length);
        file[bit / 8] ^= (byte) (1 << bit % 8);

        String verdict = verdict(file);

        assertThat(verdict(file)).as("%s, bit %d", name, bit).isEqualTo(verdict);
        if (name.endsWith(".png")) {
          // Every chunk has a checksum; a JPEG has none.
          assertThat(verdict).as("%s, bit %d", name, bit).startsWith("rejected ");
        }
      }
    }
  }

  /**
   * A decoder that runs out of data continues with coefficients of zero, which give the grey level
   * 128 in the last rows.
   */
  @Test
  void convert_flippedBitsAndCuts_areNeverFilledWithGrey() throws Exception {
    Random random = new Random(19920918);
    for (String name : List.of("landscape.jpg", "portrait.jpg", "grey.jpg")) {
      byte[] picture = PictureConverterTest.resource(name);
      assertThat(isGreyAtItsEnd(converter.convert(picture).pixels())).as(name).isFalse();
      for (int change = 0; change < 1000; change++) {
        byte[] file = picture.clone();
        int bit = random.nextInt(8 * file.length);
        file[bit / 8] ^= (byte) (1 << bit % 8);
        assertNoGrey(file, "%s, bit %d".formatted(name, bit));
      }
      for (int length = 2; length < picture.length; length += 64) {
        assertNoGrey(Arrays.copyOf(picture, length), "%s, %d bytes".formatted(name, length));
      }
    }
  }

  /** The end comes early; more than the last block of pixels is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"landscape.jpg", "grey.jpg", "cmyk.jpg"})
  void convert_codedPixelsLost_isRejectedWhereverTheCutIs(String name) throws Exception {
    byte[] picture = PictureConverterTest.resource(name);
    converter.convert(picture);
    for (int length = startOfPixels(picture) + 16; length < picture.length - 200; length += 97) {
      byte[] ended = Arrays.copyOf(picture, length + 2);
      ended[length] = (byte) 0xff;
      ended[length + 1] = (byte) 0xd9;

      assertThat(verdict(ended)).as("%s, %d bytes", name, length).startsWith("rejected ");
    }
  }

  /** Behind the header of the first scan (ITU-T T.81, B.2.3). */
  private static int startOfPixels(byte[] jpeg) {
    int position = 2;
    while ((jpeg[position + 1] & 0xff) != 0xda) {
      position += 2 + ((jpeg[position + 2] & 0xff) << 8 | (jpeg[position + 3] & 0xff));
    }
    return position + 2 + ((jpeg[position + 2] & 0xff) << 8 | (jpeg[position + 3] & 0xff));
  }

  @Test
  void convert_pictureThatIsGreyItself_isAccepted() throws Exception {
    BufferedImage image = new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 60 * 50; i++) {
      image.setRGB(i % 60, i / 60, i < 60 * 16 ? i * 977 : 0x808080);
    }
    for (boolean progressive : List.of(false, true)) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      try (ImageOutputStream stream = ImageIO.createImageOutputStream(file)) {
        writer.setOutput(stream);
        writer.write(null, new IIOImage(image, null, null), parameters);
      }
      writer.dispose();

      assertThat(isGreyAtItsEnd(converter.convert(file.toByteArray()).pixels())).isTrue();
      byte[] doubled = Arrays.copyOf(file.toByteArray(), 2 * file.size());
      System.arraycopy(file.toByteArray(), 0, doubled, file.size(), file.size());
      assertThat(isGreyAtItsEnd(converter.convert(doubled).pixels())).isTrue();
    }
  }

  private static void assertNoGrey(byte[] file, String what) {
    try {
      byte[] pixels = converter.convert(file).pixels();
      assertThat(isGreyAtItsEnd(pixels)).as(what).isFalse();
    } catch (RejectedPicture e) {
      assertThat(e.getMessage()).as(what).doesNotContain("\n");
    }
  }

  private static boolean isGreyAtItsEnd(byte[] pixels) {
    for (int i = pixels.length - 2 * SIZE * 3; i < pixels.length; i++) {
      if ((pixels[i] & 0xff) != 128) {
        return false;
      }
    }
    return true;
  }

  @Test
  void convert_bombsBetweenPictures_areRejectedAndTheHeapStaysFlat() throws Exception {
    byte[] sound = PictureConverterTest.resource("landscape.jpg");
    String expected = verdict(sound);
    List<byte[]> bombs =
        List.of(
            Bombs.hugeJpeg(),
            Bombs.hugePng(),
            Bombs.pngWithChunks("zTXt", 17),
            Bombs.pngWithChunks("iCCP", 17),
            Bombs.jpegWithScans(5_000));
    long before = usedHeap();
    for (int round = 0; round < 25; round++) {
      for (byte[] bomb : bombs) {
        assertThat(verdict(bomb)).startsWith("rejected " + Reason.TOO_LARGE);
        assertThat(verdict(sound)).isEqualTo(expected);
      }
    }
    assertThat(usedHeap() - before).isLessThan(16L * MEBIBYTE);
  }

  @Test
  void convert_asManyScansAndTextsAsAllowed_isAccepted() throws Exception {
    assertThat(verdict(Bombs.jpegWithScans(PictureHeader.MOST_SCANS)))
        .isEqualTo(verdict(PictureConverterTest.resource("portrait.jpg")));
    assertThat(verdict(Bombs.pngWithChunks("zTXt", PictureHeader.MOST_COMPRESSED_CHUNKS)))
        .isEqualTo(verdict(PictureConverterTest.resource("palette.png")));
  }

  @Test
  void convert_otherFilesBetweenPictures_areRejected() throws Exception {
    byte[] sound = PictureConverterTest.resource("landscape.jpg");
    String expected = verdict(sound);
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    for (byte[] file :
        List.of(
            half(written("gif")),
            half(written("bmp")),
            half(written("tiff")),
            noise,
            new byte[5_000])) {
      assertThat(verdict(file)).startsWith("rejected ");
      assertThat(verdict(sound)).isEqualTo(expected);
    }
  }

  /** The result for a file: its pixels, or why there are none. */
  private static String verdict(byte[] file) {
    try {
      byte[] pixels = converter.convert(file).pixels();
      assertThat(pixels).hasSize(SIZE * SIZE * 3);
      return HexFormat.of().formatHex(pixels);
    } catch (RejectedPicture e) {
      return "rejected " + e.reason() + ": " + e.getMessage();
    }
  }

  private static byte[] half(byte[] file) {
    return Arrays.copyOf(file, file.length / 2);
  }

  private static byte[] written(String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(30, 40, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
