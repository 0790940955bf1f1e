package dev.alexnet.model.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/**
 * Small files that would take much memory or time, and the intact pictures that they are made from.
 */
public final class Bombs {
  private static final int MEBIBYTE = 1 << 20;
  private static final int PNG_HEADER = 33;

  private Bombs() {}

  /** An intact picture of this module's test resources, such as {@code landscape.jpg}. */
  public static byte[] picture(String name) throws IOException {
    try (InputStream stream = Bombs.class.getResourceAsStream("/dev/alexnet/model/image/" + name)) {
      return stream.readAllBytes();
    }
  }

  /** 631 bytes whose header declares 20,000 × 20,000 pixels. */
  public static byte[] hugeJpeg() throws IOException {
    byte[] file = picture("landscape.jpg");
    int frame = indexOf(file, 0xc0, 0);
    ByteBuffer.wrap(file).putShort(frame + 5, (short) 20_000).putShort(frame + 7, (short) 20_000);
    return Arrays.copyOf(file, 631);
  }

  /** A valid PNG of 12,000 × 12,000 pixels of one bit. */
  public static byte[] hugePng() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(12_000, 12_000, BufferedImage.TYPE_BYTE_BINARY), "png", file);
    return file.toByteArray();
  }

  /**
   * Chunks, each of which inflates to 32 MiB, before the pixels.
   *
   * @param type {@code zTXt} or {@code iCCP}
   */
  public static byte[] pngWithChunks(String type, int count) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(type.getBytes(StandardCharsets.US_ASCII));
    data.write(new byte[] {'a', 0, 0});
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      deflater.write(new byte[32 * MEBIBYTE]);
    }
    CRC32 checksum = new CRC32();
    checksum.update(data.toByteArray());
    byte[] picture = picture("palette.png");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(picture, 0, PNG_HEADER);
    for (int i = 0; i < count; i++) {
      file.write(ByteBuffer.allocate(4).putInt(data.size() - 4).array());
      file.write(data.toByteArray());
      file.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
    file.write(picture, PNG_HEADER, picture.length - PNG_HEADER);
    return file.toByteArray();
  }

  /** Repeats the first scan, which holds the coarse values, many times. */
  public static byte[] jpegWithScans(int count) throws IOException {
    byte[] picture = picture("portrait.jpg");
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

  /** A gzip file of zeros. */
  public static byte[] gzip(int mebibytes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(file)) {
      for (int i = 0; i < mebibytes; i++) {
        stream.write(new byte[MEBIBYTE]);
      }
    }
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
}
