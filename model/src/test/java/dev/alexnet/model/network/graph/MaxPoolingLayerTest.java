package dev.alexnet.model.network.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.FetchedValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class MaxPoolingLayerTest {
  /** As in the original program, whose windows start at the first pixel and end beyond the last. */
  @Test
  void forward_windowsThatDoNotOverlapOnAnOddMap_areCutOffAtTheBottomAndRight() {
    assertThat(pooled(new MaxPooling("pool", 2, 2))).containsExactly(-5, -4, -2, -1);
  }

  @Test
  void forward_overlappingWindows_fitExactly() {
    assertThat(pooled(new MaxPooling("pool", 3, 2))).containsExactly(-1);
  }

  /** Of a map from -9 to -1, row by row: a window must not see zeros beyond it. */
  private static float[] pooled(MaxPooling spec) {
    float[] map = {-9, -8, -7, -6, -5, -4, -3, -2, -1};
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      MaxPoolingLayer<TFloat32> layer =
          new MaxPoolingLayer<>(
              spec,
              new MapShape(3, 1),
              new TowerScopes(tf, 1, Placement.host(1)),
              pass -> Kernels.ofTensorFlow());
      Operand<TFloat32> images = tf.constant(Shape.of(1, 3, 3, 1), DataBuffers.of(map));
      Operand<TFloat32> output = layer.forward(List.of(images)).get(0);
      try (Session session = new Session(graph)) {
        return FetchedValues.of(session.runner(), Map.of("pool", output)).get("pool");
      }
    }
  }
}
