package dev.alexnet.model.augmentation;

import dev.alexnet.model.dataset.ColourStatistics;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.model.image.View;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * An {@link Augmentation} as operations of a graph, one image at a time. The augment pipeline and
 * the training input share this class, so the same draw gives the same result in both. A draw
 * depends only on the round's key and the image's id.
 */
public final class AugmentationGraph {
  private static final long BUCKETS = Long.MAX_VALUE;

  private final Augmentation augmentation;
  private final ColourStatistics statistics;

  /**
   * @param statistics of the training set; its principal colours are the colour noise
   */
  public AugmentationGraph(Augmentation augmentation, ColourStatistics statistics) {
    this.augmentation = augmentation;
    this.statistics = statistics;
  }

  /**
   * The key of a round, in which every image is shown once: a copy or an epoch.
   *
   * @param seed of the run
   * @param round counted from 0
   */
  public static long roundKey(long seed, long round) {
    // The finaliser of SplitMix64, which spreads neighbouring seeds and rounds over all bits.
    long key = seed + (round + 1) * 0x9e3779b97f4a7c15L;
    key = (key ^ (key >>> 30)) * 0xbf58476d1ce4e5b9L;
    key = (key ^ (key >>> 27)) * 0x94d049bb133111ebL;
    return key ^ (key >>> 31);
  }

  /**
   * Augments one image. With ten views, it makes the first.
   *
   * @param image {@code [imageSize, imageSize, 3]}
   * @param imageSize height and width in pixels
   * @param roundKey scalar, from {@link #roundKey}
   * @param imageId scalar
   * @param colour the factor of the colour noise, scalar: 1, or 0 to leave it out. The other draws
   *     do not depend on it
   * @return {@code [outputSize, outputSize, 3]}; colour noise may leave 0 to 255
   */
  public Operand<TFloat32> apply(
      Ops tf,
      Operand<TUint8> image,
      int imageSize,
      Operand<TInt64> roundKey,
      Operand<TString> imageId,
      Operand<TFloat32> colour) {
    return apply(tf, image, imageSize, roundKey, imageId, tf.constant(0), colour);
  }

  /**
   * The same for one of several copies.
   *
   * @param copy scalar; with ten views, the index of the view
   */
  Operand<TFloat32> applyToCopy(
      Ops tf,
      Operand<TUint8> image,
      int imageSize,
      Operand<TInt64> roundKey,
      Operand<TString> imageId,
      Operand<TInt32> copy) {
    return apply(tf, image, imageSize, roundKey, imageId, copy, tf.constant(1f));
  }

  private Operand<TFloat32> apply(
      Ops tf,
      Operand<TUint8> image,
      int imageSize,
      Operand<TInt64> roundKey,
      Operand<TString> imageId,
      Operand<TInt32> copy,
      Operand<TFloat32> colour) {
    Operand<TInt64> imageKey = tf.strings.toHashBucketFast(imageId, BUCKETS);
    Operand<TUint8> pixels = image;
    Operand<TFloat32> noise = null;
    int size = imageSize;
    for (Operation operation : augmentation.operations()) {
      Ops scope = tf.withSubScope(operation.getClass().getSimpleName());
      if (operation instanceof Operation.ResizeSmall) {
        pixels = ResizeMethod.AREA.square(scope, pixels, size, operation.outputSize(size));
      } else if (operation instanceof Operation.RandomCrop crop) {
        pixels = crop(scope, pixels, size, crop.size(), seed(scope, roundKey, imageKey, 1));
      } else if (operation instanceof Operation.CentreCrop crop) {
        int offset = (size - crop.size()) / 2;
        pixels = window(scope, pixels, scope.constant(new int[] {offset, offset}), crop.size());
      } else if (operation instanceof Operation.TenViews views) {
        pixels = view(scope, pixels, size, views.size(), copy);
      } else if (operation instanceof Operation.Flip) {
        pixels = flip(scope, pixels, size, seed(scope, roundKey, imageKey, 2));
      } else if (operation instanceof Operation.Colour colourNoise) {
        noise = noise(scope, colourNoise.strength(), seed(scope, roundKey, imageKey, 3));
      }
      size = operation.outputSize(size);
    }
    // All pixels get the same colour, so this commutes with the other operations and may come last.
    Operand<TFloat32> result =
        tf.dtypes.cast(tf.ensureShape(pixels, Shape.of(size, size, 3)), TFloat32.class);
    return noise == null ? result : addedTo(tf, result, size, tf.math.mul(noise, colour));
  }

  /** Adds to whole rows: a sum that broadcasts three values takes several times as long. */
  private static Operand<TFloat32> addedTo(
      Ops tf, Operand<TFloat32> image, int size, Operand<TFloat32> colour) {
    Operand<TFloat32> rows = tf.reshape(image, tf.constant(new int[] {size, size * 3}));
    Operand<TFloat32> row = tf.tile(colour, tf.constant(new int[] {size}));
    return tf.reshape(tf.math.add(rows, row), tf.constant(new int[] {size, size, 3}));
  }

  private static Operand<TInt64> seed(
      Ops tf, Operand<TInt64> roundKey, Operand<TInt64> imageKey, long purpose) {
    Operand<TInt64> key = tf.math.add(roundKey, tf.constant(purpose));
    return tf.stack(List.of(key, imageKey));
  }

  private static Operand<TUint8> crop(
      Ops tf, Operand<TUint8> image, int size, int cropSize, Operand<TInt64> seed) {
    Operand<TInt32> offsets =
        tf.random.statelessRandomUniformInt(
            tf.constant(new int[] {2}), seed, tf.constant(0), tf.constant(size - cropSize + 1));
    return window(tf, image, offsets, cropSize);
  }

  private static Operand<TUint8> view(
      Ops tf, Operand<TUint8> image, int size, int viewSize, Operand<TInt32> copy) {
    int margin = size - viewSize;
    int[][] offsets =
        View.TEN.stream()
            .limit(View.WINDOWS)
            .map(view -> new int[] {view.firstRow(margin), view.firstColumn(margin)})
            .toArray(int[][]::new);
    Operand<TInt32> windows = tf.constant(View.WINDOWS);
    Operand<TInt32> begin =
        tf.gather(tf.constant(offsets), tf.math.mod(copy, windows), tf.constant(0));
    Operand<TUint8> view = window(tf, image, begin, viewSize);
    return mirrored(tf, view, viewSize, tf.math.greaterEqual(copy, windows));
  }

  private static Operand<TUint8> window(
      Ops tf, Operand<TUint8> image, Operand<TInt32> offsets, int size) {
    Operand<TInt32> begin = tf.concat(List.of(offsets, tf.constant(new int[] {0})), tf.constant(0));
    return tf.slice(image, begin, tf.constant(new int[] {size, size, 3}));
  }

  private static Operand<TUint8> flip(
      Ops tf, Operand<TUint8> image, int size, Operand<TInt64> seed) {
    Operand<TFloat32> draw =
        tf.random.statelessRandomUniform(tf.constant(new int[0]), seed, TFloat32.class);
    Operand<TBool> isMirrored = tf.math.less(draw, tf.constant(0.5f));
    return mirrored(tf, image, size, isMirrored);
  }

  // TensorFlow reverses columns fast, but has no fast way to reverse nothing, so a picture that
  // stays as it is is reversed as one wide column. Selecting between the picture and its mirror
  // image would compute both.
  private static Operand<TUint8> mirrored(
      Ops tf, Operand<TUint8> image, int size, Operand<TBool> isMirrored) {
    Operand<TInt32> columns =
        tf.select(
            isMirrored,
            tf.constant(new int[] {size, size, 3}),
            tf.constant(new int[] {size, 1, size * 3}));
    Operand<TUint8> result = tf.reverse(tf.reshape(image, columns), tf.constant(new int[] {1}));
    return tf.reshape(result, tf.constant(new int[] {size, size, 3}));
  }

  private Operand<TFloat32> noise(Ops tf, double strength, Operand<TInt64> seed) {
    Operand<TFloat32> draws =
        tf.random.statelessRandomNormal(tf.constant(new int[] {1, 3}), seed, TFloat32.class);
    Operand<TFloat32> colours = tf.constant(statistics.principalColours());
    Operand<TFloat32> colour = tf.linalg.matMul(draws, colours);
    return tf.reshape(
        tf.math.mul(colour, tf.constant((float) strength)), tf.constant(new int[] {3}));
  }
}
