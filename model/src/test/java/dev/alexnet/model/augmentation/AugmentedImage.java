package dev.alexnet.model.augmentation;

import dev.alexnet.model.dataset.ColourStatistics;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Runs an augmentation on one image: red is a pixel's row, green its column, and blue is always
 * 100.
 */
final class AugmentedImage implements AutoCloseable {
  static final ColourStatistics STATISTICS =
      new ColourStatistics(
          1,
          List.of(100.0, 100.0, 100.0),
          List.of(List.of(400.0, 0.0, 0.0), List.of(0.0, 100.0, 0.0), List.of(0.0, 0.0, 25.0)),
          List.of(400.0, 100.0, 25.0),
          List.of(List.of(1.0, 0.0, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.0, 0.0, 1.0)));

  private final Graph graph = new Graph();
  private final Operand<TInt64> roundKey;
  private final Operand<TString> imageId;
  private final Operand<TInt32> copy;
  private final Operand<TFloat32> result;
  private final Session session;

  AugmentedImage(String operations, int size, ColourStatistics statistics) {
    Ops tf = Ops.create(graph);
    byte[] pixels = new byte[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      pixels[3 * i] = (byte) (i / size);
      pixels[3 * i + 1] = (byte) (i % size);
      pixels[3 * i + 2] = 100;
    }
    roundKey = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    imageId = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    copy = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    result =
        new AugmentationGraph(Augmentation.parse(operations), statistics)
            .applyToCopy(
                tf,
                tf.constant(TUint8.class, Shape.of(size, size, 3), DataBuffers.of(pixels)),
                size,
                roundKey,
                imageId,
                copy);
    session = new Session(graph);
  }

  /** The augmented image, {@code [outputSize, outputSize, 3]}. */
  float[] draw(long seed, int copyIndex, String id) {
    try (TInt64 roundTensor = TInt64.scalarOf(AugmentationGraph.roundKey(seed, copyIndex));
        TString idTensor = TString.scalarOf(id);
        TInt32 copyTensor = TInt32.scalarOf(copyIndex);
        Result run =
            session
                .runner()
                .feed(roundKey, roundTensor)
                .feed(imageId, idTensor)
                .feed(copy, copyTensor)
                .fetch(result)
                .run()) {
      TFloat32 tensor = (TFloat32) run.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
