package dev.alexnet.pipelines.synth;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes pictures: chooses the format, lights the scene, adds sensor noise, encodes a JPEG. */
final class Photograph {
  static final int SHORTEST_SIDE = 80;
  static final int LONGEST_SIDE = 200;

  private static final double GREY_SHARE = 0.03;
  private static final float QUALITY = 0.9f;

  private Photograph() {}

  /** The JPEG of a picture: 80 to 200 pixels per side; a few percent of the pictures are grey. */
  static byte[] take(PictureKey key, long seed) {
    PictureRandom random = key.random(seed);
    double size = random.between(105, 150);
    double aspect = StrictMath.exp(random.between(-0.4, 0.4));
    int width = side(size * Math.sqrt(aspect));
    int height = side(size / Math.sqrt(aspect));
    BufferedImage scene = Scene.draw(key.kind(), width, height, random);
    return encode(random.chance(GREY_SHARE) ? exposeGrey(scene, random) : expose(scene, random));
  }

  private static int side(double pixels) {
    return (int) Math.min(LONGEST_SIDE, Math.max(SHORTEST_SIDE, Math.round(pixels)));
  }

  private static BufferedImage expose(BufferedImage scene, PictureRandom random) {
    BufferedImage image =
        new BufferedImage(scene.getWidth(), scene.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int[] pixels = pixels(scene);
    Light light = Light.draw(random, scene.getWidth(), scene.getHeight());
    for (int i = 0; i < pixels.length; i++) {
      double gain = light.gain(i);
      double noise = light.noise(random);
      samples[3 * i] = sample((pixels[i] & 0xff) * gain + noise);
      samples[3 * i + 1] = sample((pixels[i] >> 8 & 0xff) * gain + noise);
      samples[3 * i + 2] = sample((pixels[i] >> 16 & 0xff) * gain + noise);
    }
    return image;
  }

  private static BufferedImage exposeGrey(BufferedImage scene, PictureRandom random) {
    BufferedImage image =
        new BufferedImage(scene.getWidth(), scene.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int[] pixels = pixels(scene);
    Light light = Light.draw(random, scene.getWidth(), scene.getHeight());
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      double grey = Palette.luminance(pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff);
      samples[i] = sample(grey * light.gain(i) + light.noise(random));
    }
    return image;
  }

  private static int[] pixels(BufferedImage scene) {
    return ((DataBufferInt) scene.getRaster().getDataBuffer()).getData();
  }

  private static byte sample(double value) {
    return (byte) Math.min(255, Math.max(0, Math.round(value)));
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a picture in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Light that increases in one direction, and a sensor that adds noise.
   *
   * @param gain at the first pixel
   * @param gainPerColumn how much it increases per column
   * @param gainPerRow how much it increases per row
   * @param noiseDeviation in steps of 1/255
   */
  private record Light(
      int width, double gain, double gainPerColumn, double gainPerRow, double noiseDeviation) {
    // The sum of three bytes is nearly normal, and far cheaper than a true normal draw.
    private static final double BYTES_MEAN = 3 * 127.5;
    private static final double BYTES_DEVIATION = 128;

    static Light draw(PictureRandom random, int width, int height) {
      double perColumn = random.between(-0.3, 0.3) / width;
      double perRow = random.between(-0.3, 0.3) / height;
      double atCentre = random.between(0.75, 1.15);
      double first = atCentre - perColumn * width / 2 - perRow * height / 2;
      return new Light(width, first, perColumn, perRow, random.between(1, 9));
    }

    double gain(int pixel) {
      int row = pixel / width;
      int column = pixel % width;
      return gain + gainPerColumn * column + gainPerRow * row;
    }

    double noise(PictureRandom random) {
      int bits = random.bits();
      int sum = (bits & 0xff) + (bits >>> 8 & 0xff) + (bits >>> 16 & 0xff);
      return (sum - BYTES_MEAN) / BYTES_DEVIATION * noiseDeviation;
    }
  }
}
