package dev.alexnet.model.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.alexnet.model.image.PictureHeader.Format;
import dev.alexnet.model.image.RejectedPicture.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes the formats that TensorFlow does not: GIF, BMP and TIFF with the readers of the JDK, WebP
 * with that of TwelveMonkeys. Of several pictures in a file the first counts. Samples are taken as
 * they are stored: Java's own conversion to RGB would apply colour profiles, and a gamma to grey.
 */
final class ImageIoDecoding {
  private static final int LEVELS = 255;

  private ImageIoDecoding() {}

  private interface Reading<T> {
    T read(ImageReader reader) throws IOException, RejectedPicture;
  }

  /**
   * Reads width and height only.
   *
   * @throws RejectedPicture of the reasons CORRUPT_HEADER, TRUNCATED and UNSUPPORTED
   */
  static PictureHeader header(Format format, byte[] file) throws RejectedPicture {
    ContainerEnd.check(format, file);
    return with(
        format,
        file,
        Reason.CORRUPT_HEADER,
        reader ->
            new PictureHeader(format, reader.getWidth(0), reader.getHeight(0), Raster.CHANNELS));
  }

  /**
   * @throws RejectedPicture of the reasons DECODER_ERROR and UNSUPPORTED
   */
  static Raster decode(Format format, byte[] file) throws RejectedPicture {
    return with(format, file, Reason.DECODER_ERROR, reader -> rgb(format, reader));
  }

  private static <T> T with(Format format, byte[] file, Reason reason, Reading<T> reading)
      throws RejectedPicture {
    ImageReader reader = reader(format);
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(stream, true, format != Format.TIFF);
      return reading.read(reader);
    } catch (IOException | RuntimeException e) {
      // Readers meet damage with exceptions of many kinds.
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new RejectedPicture(
          reason,
          "the %s reader refused it: %s".formatted(format, message.lines().findFirst().orElse("")));
    } finally {
      reader.dispose();
    }
  }

  /** Never another reader that a program on the class path may have registered. */
  private static ImageReader reader(Format format) {
    if (format == Format.WEBP) {
      return new WebPImageReaderSpi().createReaderInstance(null);
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if ("java.desktop".equals(reader.getClass().getModule().getName())) {
        return reader;
      }
    }
    throw new IllegalStateException("The JDK has no reader for " + format);
  }

  private static Raster rgb(Format format, ImageReader reader) throws IOException, RejectedPicture {
    BufferedImage image = reader.read(0);
    int width = image.getWidth();
    int height = image.getHeight();
    ColorModel model = image.getColorModel();
    int[] palette = model instanceof IndexColorModel ? palette(format, reader, model) : null;
    if (palette == null && !hasLevels(model)) {
      throw new RejectedPicture(
          Reason.UNSUPPORTED,
          "it is a %s file with %d components of %d bits; grey and RGB with up to 16 bits are decoded"
              .formatted(format, model.getNumComponents(), model.getComponentSize(0)));
    }
    boolean grey = palette == null && model.getNumColorComponents() == 1;
    byte[] rgb = new byte[Raster.CHANNELS * width * height];
    int bands = image.getRaster().getNumBands();
    int[] row = new int[width * bands];
    int place = 0;
    for (int y = 0; y < height; y++) {
      image.getRaster().getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < Raster.CHANNELS; channel++) {
          int sample = row[x * bands + (grey || palette != null ? 0 : channel)];
          rgb[place++] =
              (byte)
                  (palette != null
                      ? palette[sample] >> (16 - 8 * channel)
                      : level(sample, model.getComponentSize(grey ? 0 : channel)));
        }
      }
    }
    return new Raster(width, height, rgb);
  }

  /** Colours as 0xrrggbb. */
  private static int[] palette(Format format, ImageReader reader, ColorModel model)
      throws IOException {
    int[] colours = new int[1 << model.getPixelSize()];
    TIFFField map =
        format == Format.TIFF
            ? TIFFDirectory.createFromMetadata(reader.getImageMetadata(0))
                .getTIFFField(BaselineTIFFTagSet.TAG_COLOR_MAP)
            : null;
    int size = map == null ? ((IndexColorModel) model).getMapSize() : map.getCount() / 3;
    for (int i = 0; i < Math.min(size, colours.length); i++) {
      // Java scales the 16 bits of TIFF's maps, so that 0xff00 would become 254.
      colours[i] =
          map == null
              ? model.getRGB(i)
              : map.getAsInt(i) >> 8 << 16
                  | map.getAsInt(size + i) >> 8 << 8
                  | map.getAsInt(2 * size + i) >> 8;
    }
    return colours;
  }

  private static boolean hasLevels(ColorModel model) {
    int type = model.getTransferType();
    int colours = model.getColorSpace().getType();
    return (type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT)
        && (colours == ColorSpace.TYPE_RGB || colours == ColorSpace.TYPE_GRAY)
        && model.getComponentSize(0) <= 16;
  }

  private static int level(int sample, int bits) {
    return bits >= 8 ? sample >> (bits - 8) : sample * LEVELS / ((1 << bits) - 1);
  }
}
