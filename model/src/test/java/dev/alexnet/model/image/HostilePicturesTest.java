package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
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
    List<byte[]> bombs = List.of(hugeJpeg(), hugePng(), pngWithTexts(17), jpegWithScans(5_000));
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
    assertThat(verdict(jpegWithScans(PictureHeader.MOST_SCANS)))
        .isEqualTo(verdict(PictureConverterTest.resource("portrait.jpg")));
    assertThat(verdict(pngWithTexts(PictureHeader.MOST_COMPRESSED_CHUNKS)))
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

  private static byte[] hugeJpeg() throws IOException {
    byte[] file = PictureConverterTest.resource("landscape.jpg");
    int frame = indexOf(file, 0xc0, 0);
    ByteBuffer.wrap(file).putShort(frame + 5, (short) 20_000).putShort(frame + 7, (short) 20_000);
    return Arrays.copyOf(file, 631);
  }

  private static byte[] hugePng() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(12_000, 12_000, BufferedImage.TYPE_BYTE_BINARY), "png", file);
    return file.toByteArray();
  }

  /** Texts, each of which inflates to 32 MiB, before the pixels. */
  private static byte[] pngWithTexts(int count) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(new byte[] {'z', 'T', 'X', 't', 'a', 0, 0});
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      deflater.write(new byte[32 * MEBIBYTE]);
    }
    CRC32 checksum = new CRC32();
    checksum.update(data.toByteArray());
    byte[] picture = PictureConverterTest.resource("palette.png");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(picture, 0, 33);
    for (int i = 0; i < count; i++) {
      file.write(ByteBuffer.allocate(4).putInt(data.size() - 4).array());
      file.write(data.toByteArray());
      file.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
    file.write(picture, 33, picture.length - 33);
    return file.toByteArray();
  }

  /** The first scan, which holds the coarse values, again and again. */
  private static byte[] jpegWithScans(int count) throws IOException {
    byte[] picture = PictureConverterTest.resource("portrait.jpg");
    int existing = 0;
    int first = indexOf(picture, 0xda, 0);
    for (int i = 0; i < picture.length - 1; i++) {
      existing += picture[i] == -1 && (picture[i + 1] & 0xff) == 0xda ? 1 : 0;
    }
    int end = indexOf(picture, 0xc4, first);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(picture, 0, first);
    for (int i = existing; i < count; i++) {
      file.write(picture, first, end - first);
    }
    file.write(picture, first, picture.length - first);
    return file.toByteArray();
  }

  private static byte[] written(String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(30, 40, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  private static int indexOf(byte[] jpeg, int marker, int from) {
    for (int i = from; i < jpeg.length - 1; i++) {
      if (jpeg[i] == -1 && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new AssertionError("There is no marker " + Integer.toHexString(marker));
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
