package dev.alexnet.model.image;

import dev.alexnet.infra.settings.Setting;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/** How a picture is resized. All methods locate pixels at their centres. */
public enum ResizeMethod {
  /** The mean over the area that a pixel covers when shrinking; bicubic, a = −0.5, enlarging. */
  AREA {
    @Override
    Operand<TFloat32> shrunk(Ops tf, Operand<? extends TNumber> batch, Operand<TInt32> size) {
      return tf.image.resizeArea(batch, size);
    }

    @Override
    Operand<TFloat32> enlarged(Ops tf, Operand<? extends TNumber> batch, Operand<TInt32> size) {
      return tf.image.resizeBicubic(batch, size, ResizeBicubic.halfPixelCenters(true));
    }
  },

  /**
   * Bilinear with a filter that widens as the picture shrinks, like Pillow's {@code BILINEAR} and
   * {@code tf.image.resize(antialias=True)}.
   */
  PILLOW {
    @Override
    Operand<TFloat32> shrunk(Ops tf, Operand<? extends TNumber> batch, Operand<TInt32> size) {
      Operand<TInt32> sourceSize =
          tf.slice(tf.shape(batch), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
      return tf.image.scaleAndTranslate(
          batch,
          size,
          tf.math.div(
              tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(sourceSize, TFloat32.class)),
          tf.constant(new float[] {0, 0}),
          ScaleAndTranslate.kernelType("triangle"),
          ScaleAndTranslate.antialias(true));
    }
  },

  /** Bilinear between the four nearest pixels, whatever the scale, like OpenCV's and tf.image's. */
  BILINEAR {
    @Override
    Operand<TFloat32> shrunk(Ops tf, Operand<? extends TNumber> batch, Operand<TInt32> size) {
      return tf.image.resizeBilinear(batch, size, ResizeBilinear.halfPixelCenters(true));
    }
  };

  /** How pictures are scaled; the default is the published way. */
  public static final Setting<ResizeMethod> SETTING =
      Setting.choice("resize", ResizeMethod.class)
          .defaultsTo(AREA)
          .identifiesOutput()
          .description(
              "How pictures are scaled: area (means when shrinking, bicubic when enlarging),"
                  + " pillow (antialiased bilinear) or bilinear (not antialiased).");

  /**
   * @param batch {@code [1, height, width, 3]}
   * @param size new height and width, neither larger than the old one
   * @return {@code [1, new height, new width, 3]}
   */
  abstract Operand<TFloat32> shrunk(Ops tf, Operand<? extends TNumber> batch, Operand<TInt32> size);

  /** The same for a size of which neither side is smaller than the old one. */
  Operand<TFloat32> enlarged(Ops tf, Operand<? extends TNumber> batch, Operand<TInt32> size) {
    return shrunk(tf, batch, size);
  }

  /**
   * Resizes a square picture, rounded to whole levels like a converted picture.
   *
   * @param image {@code [from, from, 3]}
   * @return {@code [to, to, 3]}
   */
  public Operand<TUint8> square(Ops tf, Operand<TUint8> image, int from, int to) {
    return from == to ? image : Levels.of(tf, resized(tf, image, from, to));
  }

  /**
   * The same for values that are not whole levels.
   *
   * @return {@code [to, to, 3]}; if enlarged, it may exceed the range of the input
   */
  public Operand<TFloat32> resized(Ops tf, Operand<? extends TNumber> image, int from, int to) {
    Operand<? extends TNumber> batch = tf.expandDims(image, tf.constant(0));
    Operand<TInt32> size = tf.constant(new int[] {to, to});
    Operand<TFloat32> scaled = to < from ? shrunk(tf, batch, size) : enlarged(tf, batch, size);
    return tf.reshape(scaled, tf.constant(new int[] {to, to, 3}));
  }
}
