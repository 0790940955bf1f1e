package dev.alexnet.model.image;

import dev.alexnet.model.image.PictureHeader.Format;
import dev.alexnet.model.image.RejectedPicture.Reason;
import dev.alexnet.model.session.SessionConfigurations;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.EncodeJpeg;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Makes square images of one size from pictures of any size: the shorter side is brought to the
 * size (paper, section 2), the middle is cut out, the result is compressed as JPEG.
 *
 * <p>A picture whose shorter side fits keeps its pixels. Grey and CMYK become RGB, transparency is
 * dropped, of 16 bits the upper eight are kept, and colour profiles are ignored, and so is the
 * orientation of EXIF unless it is to be applied. A picture may be gzip'd. Equal pictures give
 * equal bytes.
 *
 * <p>Safe for use by many threads; each conversion runs in its caller's thread. Holds native memory
 * until it is closed.
 */
public final class PictureConverter implements AutoCloseable {
  /** The default JPEG quality of datasets, of 100: hardly a visible loss. */
  public static final int USUAL_QUALITY = 95;

  private static final int CHANNELS = Raster.CHANNELS;
  private static final String LAST_PIXEL = "last_pixel";
  // What libjpeg decodes missing pixels to, and what TensorFlow converts those to from CMYK.
  private static final List<byte[]> FILLED =
      List.of(new byte[] {(byte) 128, (byte) 128, (byte) 128}, new byte[] {64, 64, 64});

  private static final String DECODED = "decoded";

  private final int size;
  private final Orientation orientation;
  private final Graph graph;
  private final Session session;

  private enum Scaling {
    SHRINK,
    ENLARGE,
    NONE
  }

  /**
   * @param size height and width of the images in pixels
   * @param quality of the JPEG, 1 to 100
   */
  public PictureConverter(int size, int quality, ResizeMethod resize) {
    this(size, quality, resize, Orientation.IGNORE);
  }

  /** The same for pictures that may be turned. */
  public PictureConverter(int size, int quality, ResizeMethod resize, Orientation orientation) {
    this.size = size;
    this.orientation = orientation;
    this.graph = new Graph();
    build(Ops.create(graph), quality, resize);
    this.session = new Session(graph, SessionConfigurations.onCpuInCallersThread());
  }

  private void build(Ops tf, int quality, ResizeMethod resize) {
    Placeholder<TString> file =
        tf.withName("file").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Placeholder<TInt32> scaledSize =
        tf.withName("scaled_size").placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    Placeholder<TInt32> offset =
        tf.withName("offset").placeholder(TInt32.class, Placeholder.shape(Shape.of(4)));
    Operand<TUint8> pixels = JpegDecoding.decode(tf.withName(DECODED), file);
    lastPixel(tf, pixels);
    Operand<TUint8> batch = tf.expandDims(pixels, tf.constant(0));
    Operand<TFloat32> shrunk = resize.shrunk(tf, batch, scaledSize);
    Operand<TFloat32> enlarged = resize.enlarged(tf, batch, scaledSize);
    // Means of levels stay within the range of levels; enlarging may leave it.
    Operand<TUint8> means = tf.dtypes.cast(tf.math.rint(cut(tf, shrunk, offset)), TUint8.class);
    output(tf, Scaling.SHRINK, means, quality);
    output(tf, Scaling.ENLARGE, Levels.of(tf, cut(tf, enlarged, offset)), quality);
    output(tf, Scaling.NONE, cut(tf, batch, offset), quality);
  }

  private static void lastPixel(Ops tf, Operand<TUint8> pixels) {
    Operand<TUint8> values = tf.reshape(pixels, tf.constant(new int[] {-1}));
    Operand<TInt32> begin = tf.math.sub(tf.size(values), tf.constant(CHANNELS));
    tf.withName(LAST_PIXEL)
        .slice(values, tf.expandDims(begin, tf.constant(0)), tf.constant(new int[] {CHANNELS}));
  }

  private <T extends TNumber> Operand<T> cut(Ops tf, Operand<T> batch, Operand<TInt32> offset) {
    return tf.reshape(
        tf.slice(batch, offset, tf.constant(new int[] {1, size, size, CHANNELS})),
        tf.constant(new int[] {size, size, CHANNELS}));
  }

  private static void output(Ops tf, Scaling scaling, Operand<TUint8> image, int quality) {
    tf.withName(pixelsOf(scaling)).identity(image);
    tf.withName(jpegOf(scaling)).image.encodeJpeg(image, EncodeJpeg.quality((long) quality));
  }

  private static String pixelsOf(Scaling scaling) {
    return "pixels_" + scaling;
  }

  private static String jpegOf(Scaling scaling) {
    return "jpeg_" + scaling;
  }

  /**
   * @param file a JPEG, PNG, GIF, BMP, TIFF or WebP file, or one of them gzip'd
   * @throws RejectedPicture if it is not such a file, or incomplete, or too large
   */
  public ConvertedPicture convert(byte[] file) throws RejectedPicture {
    byte[] picture = GzippedPicture.unwrapped(file);
    PictureHeader header = PictureHeader.read(picture);
    int turn = ExifOrientation.of(header.format(), picture);
    boolean turned = orientation == Orientation.APPLY && turn != ExifOrientation.UPRIGHT;
    if (!header.format().isNative()) {
      Raster raster = ImageIoDecoding.decode(header.format(), picture);
      return scaled(turned ? raster.turned(turn) : raster).picture(turn);
    }
    Scaled stored = scaled(picture, header);
    if (header.format() == Format.JPEG) {
      checkComplete(picture, header, stored);
    }
    return (turned ? scaled(pixels(picture, header).turned(turn)) : stored).picture(turn);
  }

  /** Decoders fill what is missing, and report nothing. */
  private void checkComplete(byte[] picture, PictureHeader header, Scaled stored)
      throws RejectedPicture {
    if (stored.mayBeFilled()
        && !stored.hasPixelsOf(scaled(JpegScans.lengthened(picture), header))) {
      throw new RejectedPicture(
          Reason.TRUNCATED,
          "its pixel data end before the picture is complete; the rest would be grey");
    }
    JpegCompleteness.check(picture);
  }

  /**
   * A picture after scaling.
   *
   * @param lastPixel of the picture before it was scaled, its red, green and blue
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scaled(byte[] jpeg, byte[] pixels, int width, int height, byte[] lastPixel) {

    ConvertedPicture picture(int orientation) {
      return new ConvertedPicture(jpeg, pixels, width, height, orientation);
    }

    /** If pixels are missing, they are missing at the end. */
    boolean mayBeFilled() {
      return FILLED.stream().anyMatch(filled -> Arrays.equals(filled, lastPixel));
    }

    boolean hasPixelsOf(Scaled other) {
      return Arrays.equals(lastPixel, other.lastPixel) && Arrays.equals(pixels, other.pixels);
    }
  }

  private Scaled scaled(byte[] picture, PictureHeader header) throws RejectedPicture {
    try (TString content = TString.tensorOfBytes(NdArrays.scalarOfObject(picture))) {
      return scaled("file", content, header.width(), header.height());
    } catch (TFInvalidArgumentException e) {
      throw undecodable(picture, header, e);
    }
  }

  private Scaled scaled(Raster raster) throws RejectedPicture {
    Shape shape = Shape.of(raster.height(), raster.width(), CHANNELS);
    try (TUint8 pixels = TUint8.tensorOf(shape, DataBuffers.of(raster.rgb()))) {
      return scaled(DECODED, pixels, raster.width(), raster.height());
    }
  }

  private Scaled scaled(String input, Tensor value, int width, int height) throws RejectedPicture {
    int shorter = Math.min(width, height);
    int newHeight = scaled(height, shorter);
    int newWidth = scaled(width, shorter);
    if ((long) newHeight * newWidth > PictureHeader.LARGEST_AREA) {
      throw new RejectedPicture(
          Reason.TOO_LARGE,
          "it is %d × %d pixels, which would be scaled to %d × %d"
              .formatted(width, height, newWidth, newHeight));
    }
    Scaling scaling =
        shorter > size ? Scaling.SHRINK : shorter < size ? Scaling.ENLARGE : Scaling.NONE;
    try (TInt32 scaledSize = TInt32.vectorOf(newHeight, newWidth);
        TInt32 offset = TInt32.vectorOf(0, (newHeight - size) / 2, (newWidth - size) / 2, 0);
        Result result =
            session
                .runner()
                .feed(input, value)
                .feed("scaled_size", scaledSize)
                .feed("offset", offset)
                .fetch(jpegOf(scaling))
                .fetch(pixelsOf(scaling))
                .fetch(LAST_PIXEL)
                .run()) {
      byte[] jpeg = ((TString) result.get(0)).asBytes().getObject();
      byte[] pixels = new byte[size * size * CHANNELS];
      result.get(1).asRawTensor().data().read(pixels);
      byte[] lastPixel = new byte[CHANNELS];
      result.get(2).asRawTensor().data().read(lastPixel);
      return new Scaled(jpeg, pixels, width, height, lastPixel);
    }
  }

  /** The pixels as they are stored, of a picture that could be decoded. */
  private Raster pixels(byte[] picture, PictureHeader header) {
    try (TString content = TString.tensorOfBytes(NdArrays.scalarOfObject(picture));
        Result result = session.runner().feed("file", content).fetch(DECODED).run()) {
      byte[] rgb = new byte[CHANNELS * header.width() * header.height()];
      result.get(0).asRawTensor().data().read(rgb);
      return new Raster(header.width(), header.height(), rgb);
    }
  }

  private int scaled(int side, int shorter) {
    return (int) Math.min(Integer.MAX_VALUE, Math.round((double) side * size / shorter));
  }

  private static RejectedPicture undecodable(
      byte[] picture, PictureHeader header, TFInvalidArgumentException e) throws RejectedPicture {
    boolean ends =
        header.format() == Format.JPEG ? JpegHeader.hasEnd(picture) : PngHeader.hasEnd(picture);
    if (!ends) {
      return new RejectedPicture(
          Reason.TRUNCATED, "its end is missing after " + picture.length + " bytes");
    }
    // The other lines name the place in the graph.
    String message = e.getMessage().lines().findFirst().orElse("");
    return new RejectedPicture(Reason.DECODER_ERROR, "the decoder refused it: " + message);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
