package dev.alexnet.model.augmentation;

import dev.alexnet.model.dataset.MeanImage;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.model.session.SessionConfigurations;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean image at the scale of augmented images. Its centre is subtracted, whatever window an
 * image shows, so crops do not change it, except for crops before a resize.
 */
public final class AugmentedMean {
  private AugmentedMean() {}

  /** The mean image of augmented images, from the mean of the images before. */
  public static MeanImage of(MeanImage mean, Augmentation augmentation) {
    MeanImage scaled = mean;
    int size = mean.size();
    for (Operation operation : augmentation.operations()) {
      int before = size;
      size = operation.outputSize(before);
      if (operation instanceof Operation.ResizeSmall && size != before) {
        scaled = resized(scaled.centre(before), size);
      }
    }
    return scaled;
  }

  private static MeanImage resized(MeanImage mean, int size) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionConfigurations.onCpu())) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> values =
          tf.constant(Shape.of(mean.size(), mean.size(), 3), DataBuffers.of(mean.values()));
      Operand<TFloat32> resized = ResizeMethod.AREA.resized(tf, values, mean.size(), size);
      Operand<TFloat32> clipped = tf.clipByValue(resized, tf.constant(0f), tf.constant(255f));
      float[] pixels = new float[size * size * 3];
      try (var result = session.runner().fetch(clipped).run()) {
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(pixels, false, false));
      }
      return new MeanImage(size, pixels);
    }
  }
}
