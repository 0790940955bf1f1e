package dev.alexnet.model.network.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.GoldenDraws;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Section 4.2 of the paper: the output of dropout. */
@Tag("numbers")
class DropoutTest {
  private static final int SIDE = 8;

  /** The input of the last layer after a convolution and dropout. */
  private static float[] seen(boolean dropout, boolean training, long step) {
    LayerSpec.Initial initial = new LayerSpec.Initial(1, 0);
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new LayerSpec.Convolution("conv", 3, 1, 1, 8, LayerSpec.Inputs.IMAGES, initial));
    if (dropout) {
      layers.add(new LayerSpec.Dropout("dropout", 0.5));
    }
    layers.add(new LayerSpec.Dense("last", 0, true, initial));
    AlexNetSpec spec =
        new AlexNetSpec("bench", "", SIDE, SIDE, 2, 1, Presets.mini().schedules(), layers);
    GoldenDraws draws = new GoldenDraws(1);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TInt64> stepOperand = tf.constant(step);
      Network network =
          Network.of(
              tf,
              spec,
              5,
              CheckedExecution.of(spec, 5, Placement.host(2)),
              (scope, parameter) ->
                  scope.constant(
                      parameter.shape(),
                      DataBuffers.of(draws.values(parameter, 1 + parameter.tower()))),
              training ? new Mode.Training(7, stepOperand) : new Mode.Inference());
      Shape shape = Shape.of(4, SIDE, SIDE, 3);
      network.logits(tf.constant(shape, DataBuffers.of(draws.uniform(shape.size(), 1, 0))));
      try (Session session = new Session(graph);
          Result result = session.runner().fetch(network.lastHidden(tf)).run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.copyTo(DataBuffers.of(values, false, false));
        return values;
      }
    }
  }

  @Test
  void forward_inTraining_keepsHalfOfTheValuesAsTheyAre() {
    float[] before = seen(false, true, 3);
    float[] after = seen(true, true, 3);
    int kept = 0;
    for (int i = 0; i < before.length; i++) {
      if (after[i] != 0) {
        kept++;
        assertThat(after[i]).isEqualTo(before[i]);
      }
    }
    // Half of 2,048 draws, within five standard deviations.
    assertThat(before).hasSize(2048).doesNotContain(0f);
    assertThat(kept).isBetween(1024 - 113, 1024 + 113);
    assertThat(seen(true, true, 3)).isEqualTo(after);
    assertThat(seen(true, true, 4)).isNotEqualTo(after);
  }

  @Test
  void forward_inInference_halvesEveryValue() {
    float[] before = seen(false, false, 0);
    float[] after = seen(true, false, 0);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(0.5f * before[i]);
    }
  }
}
