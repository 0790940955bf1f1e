package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.image.RejectedPicture.Reason;
import dev.alexnet.model.testing.Bombs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Damaged pictures and bombs, with sound pictures between them. */
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
        List.of(written("gif"), written("bmp"), written("tiff"), noise, new byte[5_000])) {
      assertThat(verdict(file)).startsWith("rejected ");
      assertThat(verdict(sound)).isEqualTo(expected);
    }
  }

  /** What becomes of a file: its pixels, or why there are none. */
  private static String verdict(byte[] file) {
    try {
      byte[] pixels = converter.convert(file).pixels();
      assertThat(pixels).hasSize(SIZE * SIZE * 3);
      return HexFormat.of().formatHex(pixels);
    } catch (RejectedPicture e) {
      return "rejected " + e.reason() + ": " + e.getMessage();
    }
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
