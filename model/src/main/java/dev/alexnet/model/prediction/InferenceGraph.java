package dev.alexnet.model.prediction;

import dev.alexnet.model.dataset.MeanImage;
import dev.alexnet.model.image.JpegDecoding;
import dev.alexnet.model.image.View;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.graph.Network;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.MapDefun;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The network for inference, which subtracts the training set's mean and is fed with JPEG files or
 * with pixels. One network serves both: its pixels are a placeholder whose default is the decoded
 * files.
 *
 * @param fromFiles signature {@link #FROM_FILES}
 * @param fromPixels signature {@link #FROM_PIXELS}
 * @param ofViews signature {@link #OF_VIEWS}
 * @param parameterCount how many values the network's parameters have
 */
record InferenceGraph(
    SignatureDef fromFiles, SignatureDef fromPixels, SignatureDef ofViews, long parameterCount) {
  /** {@code images} in: JPEG files {@code [batch]}, of which the centre is used. */
  static final String FROM_FILES = "serving_default";

  /** {@code pixels} in: {@code [batch, inputSize, inputSize, 3]}, 0 to 255. */
  static final String FROM_PIXELS = "pixels";

  /** {@code images} and {@code views} in: probabilities are the mean over those views. */
  static final String OF_VIEWS = "views";

  static final String IMAGES = "images";

  /** In: {@code [views]}, which of the ten views of {@link View#TEN}; the centre if not fed. */
  static final String VIEWS = "views";

  static final String PIXELS = "pixels";

  /** Out: {@code [batch, classes]}, each row sums to 1. */
  static final String PROBABILITIES = "probabilities";

  /** Out: {@code [batch, 5]}, the labels of the most probable classes. */
  static final String TOP_LABELS = "top_labels";

  /** Out: {@code [batch, 5]}, their probabilities. */
  static final String TOP_PROBABILITIES = "top_probabilities";

  /** Out: {@code [batch, values]}, the input of the last layer, the mean over the views. */
  static final String FEATURES = "features";

  /** The constant that holds the training set's mean. */
  static final String MEAN = "mean";

  private static final int GUESSES = 5;

  /**
   * @param classes how many
   * @param mean of the training set
   * @param arithmetic the kernels; an exported model has the usual ones
   */
  static InferenceGraph build(
      Graph graph,
      AlexNetSpec spec,
      int classes,
      MeanImage mean,
      Arithmetic arithmetic,
      ParameterValues values) {
    Ops tf = Ops.create(graph);
    Operand<TString> files =
        tf.withName(IMAGES)
            .placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TInt32> views =
        tf.withName(VIEWS)
            .placeholderWithDefault(
                tf.constant(new int[] {View.CENTRE}), Shape.of(Shape.UNKNOWN_SIZE));
    Operand<TFloat32> pixels =
        tf.withName(PIXELS)
            .placeholderWithDefault(
                decode(graph, tf, files, views, spec.inputSize()),
                Shape.of(Shape.UNKNOWN_SIZE, spec.inputSize(), spec.inputSize(), 3));
    Operand<TFloat32> meanValues =
        tf.reshape(
            tf.withName(MEAN).constant(mean.centre(spec.inputSize()).values()),
            tf.constant(new int[] {spec.inputSize(), spec.inputSize(), 3}));
    Network network =
        Network.of(
            tf,
            spec,
            classes,
            Execution.on(Placement.host(spec.towers())).by(arithmetic),
            values,
            new Mode.Inference());
    Operand<TFloat32> logits = network.logits(tf.math.sub(pixels, meanValues));
    Operand<TFloat32> probabilities =
        tf.withName(PROBABILITIES)
            .math
            .mean(byFile(tf, tf.nn.softmax(logits), views), tf.constant(1));
    Operand<TFloat32> features =
        tf.withName(FEATURES).math.mean(byFile(tf, network.lastHidden(tf), views), tf.constant(1));
    TopK<TFloat32, TInt32> top =
        tf.nn.topK(probabilities, tf.constant(Math.min(GUESSES, classes)), TInt32.class);
    Map<String, Operand<?>> outputs =
        Map.of(
            PROBABILITIES,
            probabilities,
            TOP_LABELS,
            top.indices(),
            TOP_PROBABILITIES,
            top.values(),
            FEATURES,
            features);
    return new InferenceGraph(
        signature(Map.of(IMAGES, files), outputs),
        signature(Map.of(PIXELS, pixels), outputs),
        signature(Map.of(IMAGES, files, VIEWS, views), outputs),
        network.parameters().stream().mapToLong(parameter -> parameter.size()).sum());
  }

  /**
   * Reshapes the results of all views, {@code [batch · views, n]}, to {@code [batch, views, n]}.
   */
  private static Operand<TFloat32> byFile(
      Ops tf, Operand<TFloat32> ofViews, Operand<TInt32> views) {
    Operand<TInt32> shape =
        tf.concat(
            List.of(
                tf.constant(new int[] {-1}),
                tf.shape(views),
                tf.constant(new int[] {(int) ofViews.shape().get(1)})),
            tf.constant(0));
    return tf.reshape(ofViews, shape);
  }

  private static SignatureDef signature(
      Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {
    SignatureDef.Builder builder =
        SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict");
    inputs.forEach((name, operand) -> builder.putInputs(name, tensor(operand.asOutput())));
    outputs.forEach((name, operand) -> builder.putOutputs(name, tensor(operand.asOutput())));
    return builder.build();
  }

  private static TensorInfo tensor(Output<?> output) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : output.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }

  private static Operand<TFloat32> decode(
      Graph graph, Ops tf, Operand<TString> files, Operand<TInt32> views, int inputSize) {
    try (ConcreteFunction function = ConcreteFunction.create(one -> decodeOne(one, inputSize))) {
      graph.attachFunction(function);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, inputSize, inputSize, 3);
      MapDefun mapped =
          MapDefun.create(
              tf.scope(),
              List.of(files),
              List.of(views),
              List.of(TUint8.class),
              List.of(shape),
              function);
      Operand<TUint8> seen = mapped.output().get(0).expect(TUint8.class);
      return tf.dtypes.cast(
          tf.reshape(seen, tf.constant(new int[] {-1, inputSize, inputSize, 3})), TFloat32.class);
    }
  }

  private static Signature decodeOne(Ops tf, int inputSize) {
    Operand<TString> file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt32> views =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TUint8> image = JpegDecoding.decode(tf, file);
    return Signature.builder("decode")
        .input("file", file)
        .input("views", views)
        .output("crops", Views.of(tf, image, views, inputSize))
        .build();
  }
}
