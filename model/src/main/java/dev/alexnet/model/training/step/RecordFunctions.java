package dev.alexnet.model.training.step;

import dev.alexnet.model.augmentation.AugmentationGraph;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.MeanImage;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.image.JpegDecoding;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.ParseSingleExample;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * What the input graph does to one record: parse, decode, crop, subtract the mean. Both functions
 * map (record, key of the round, colour) to (image {@code [inputSize, inputSize, 3]}, label, id).
 * Colour is 1 if colour noise is added, or 0.
 */
final class RecordFunctions {
  private static final float COLOUR_SCALE = 1.1f;

  private final int inputSize;
  private final MeanImage mean;

  /**
   * @param mean of the training set; its centre is subtracted, whatever window an image shows
   */
  RecordFunctions(int inputSize, MeanImage mean) {
    this.inputSize = inputSize;
    this.mean = mean.centre(inputSize);
  }

  /** For the images of a set that is already augmented: its colours are not changed. */
  ConcreteFunction augmented(DatasetManifest data, boolean colour) {
    return ConcreteFunction.create(
        tf -> {
          ParsedRecord record = new ParsedRecord(tf, data.recordSchema(), data.classes().size());
          Operand<TFloat32> image = centre(tf, record.pixels(), data.imageSize());
          return record.signature(
              scaled(tf, withoutMean(tf, image), tf.constant(colour ? 1f : 0f)));
        });
  }

  /**
   * @param augmentation the augmentation during training
   */
  ConcreteFunction training(DatasetManifest data, AugmentationGraph augmentation) {
    int imageSize = data.imageSize();
    return ConcreteFunction.create(
        tf -> {
          ParsedRecord record = new ParsedRecord(tf, data.recordSchema(), data.classes().size());
          Operand<TFloat32> image =
              augmentation.apply(
                  tf, record.pixels(), imageSize, record.roundKey, record.fileName, record.colour);
          return record.signature(scaled(tf, withoutMean(tf, image), record.colour));
        });
  }

  /** Values are smaller while colour noise is added, as in the original. */
  private static Operand<TFloat32> scaled(
      Ops tf, Operand<TFloat32> image, Operand<TFloat32> colour) {
    return tf.math.div(
        image,
        tf.select(
            tf.math.greater(colour, tf.constant(0f)), tf.constant(COLOUR_SCALE), tf.constant(1f)));
  }

  /** The centre of the image. */
  ConcreteFunction validation(DatasetManifest data) {
    return ConcreteFunction.create(
        tf -> {
          ParsedRecord record = new ParsedRecord(tf, data.recordSchema(), data.classes().size());
          return record.signature(withoutMean(tf, centre(tf, record.pixels(), data.imageSize())));
        });
  }

  private Operand<TFloat32> withoutMean(Ops tf, Operand<TFloat32> image) {
    Operand<TFloat32> values =
        tf.reshape(tf.constant(mean.values()), tf.constant(new int[] {inputSize, inputSize, 3}));
    return tf.math.sub(image, values);
  }

  private Operand<TFloat32> centre(Ops tf, Operand<TUint8> pixels, int imageSize) {
    int offset = (imageSize - inputSize) / 2;
    Operand<TUint8> crop =
        tf.slice(
            pixels,
            tf.constant(new int[] {offset, offset, 0}),
            tf.constant(new int[] {inputSize, inputSize, 3}));
    return tf.dtypes.cast(crop, TFloat32.class);
  }

  /** The parsed fields of a record within a function under construction. */
  private static final class ParsedRecord {
    private final Ops tf;
    private final Operand<TString> serialized;
    private final Operand<TInt64> roundKey;
    private final Operand<TFloat32> colour;
    private final Operand<TString> fileName;
    private final Operand<TString> jpeg;
    private final Operand<TInt64> label;

    ParsedRecord(Ops tf, RecordSchema schema, int classes) {
      this.tf = tf;
      this.serialized = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      this.roundKey = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      this.colour = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      List<Operand<?>> noDefaults = List.of(empty(tf), tf.constant(new long[0]), empty(tf));
      ParseSingleExample parsed =
          tf.io.parseSingleExample(
              serialized,
              noDefaults,
              0L,
              List.of(),
              List.of(schema.fileName(), schema.label(), schema.image()),
              List.<Class<? extends TType>>of(),
              List.of(Shape.scalar(), Shape.scalar(), Shape.scalar()));
      this.fileName = string(parsed.denseValues().get(0));
      Operand<TInt64> stored = integer(parsed.denseValues().get(1));
      Operand<TInt64> label =
          schema.labelBase() == 0
              ? stored
              : tf.math.sub(stored, tf.constant((long) schema.labelBase()));
      this.label = known(label, classes);
      this.jpeg = string(parsed.denseValues().get(2));
    }

    /** A label out of range would silently give a loss of 0. */
    private Operand<TInt64> known(Operand<TInt64> label, int classes) {
      Operand<TBool> known =
          tf.math.logicalAnd(
              tf.math.greaterEqual(label, tf.constant(0L)),
              tf.math.less(label, tf.constant((long) classes)));
      List<Operand<?>> message =
          List.of(
              fileName,
              tf.constant("has the label"),
              label,
              tf.constant("which is none of the classes 0 to " + (classes - 1)));
      return tf.withControlDependencies(List.of(tf.assertThat(known, message))).identity(label);
    }

    private static Operand<TString> empty(Ops tf) {
      return tf.constant(NdArrays.ofObjects(String.class, Shape.of(0)));
    }

    private static Operand<TString> string(Operand<?> value) {
      return value.asOutput().expect(TString.class);
    }

    private static Operand<TInt64> integer(Operand<?> value) {
      return value.asOutput().expect(TInt64.class);
    }

    Operand<TUint8> pixels() {
      return JpegDecoding.decode(tf, jpeg);
    }

    Signature signature(Operand<TFloat32> image) {
      return Signature.builder("record")
          .input("record", serialized)
          .input("roundKey", roundKey)
          .input("colour", colour)
          .output("image", image)
          .output("label", label)
          .output("id", fileName)
          .build();
    }
  }
}
