package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.arithmetic.ArithmeticCheck;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.PlantedFault;
import dev.alexnet.model.training.device.SessionConfiguration;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TBfloat16;

/**
 * Training on a processor that computes one operation wrongly, with the errors of oneDNN on Zen 5.
 */
@Tag("numbers")
class WrongKernelTest {
  private static final Placement TWO_DEVICES = Placement.parse("cpu:0,cpu:1", 2);
  private static final int CLASSES = 4;
  private static final int BATCH = 16;
  private static final int STEPS = 6;

  /** Losses of later steps, about 1.4, contain the accumulated rounding of earlier steps. */
  private static final double ROUNDING = 1e-4;

  private static final double BFLOAT16_ROUNDING = 0.02;

  @TempDir static Path directory;
  private static Dataset data;

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(directory, "train", 56, CLASSES, BATCH * STEPS);
  }

  @Test
  void step_withAWrongGradientOf48Channels_losesAsASoundProcessorOnlyIfChecked() {
    Kernels faulty =
        PlantedFault.in(
            "convolutionInputGradient", 0.125f, operands -> operands.get(1).shape().get(2) == 48);
    List<Double> sound = losses(CheckedExecution.of(Presets.mini(), CLASSES, TWO_DEVICES));

    assertThat(losses(checked(faulty, Precision.FP32)))
        .usingElementComparator(near(ROUNDING))
        .isEqualTo(sound);
    assertThat(losses(unchecked(faulty, Precision.FP32)))
        .usingElementComparator(near(ROUNDING))
        .isNotEqualTo(sound);
  }

  @Test
  void step_withAWrongConvolutionOfImagesInBf16_losesAsASoundProcessorOnlyIfChecked() {
    Kernels faulty =
        PlantedFault.in(
            "convolution",
            100,
            operands ->
                operands.get(1).type() == TBfloat16.class && operands.get(1).shape().get(2) == 3);
    List<Double> sound =
        losses(CheckedExecution.of(Presets.mini(), CLASSES, TWO_DEVICES, Precision.BF16));

    assertThat(losses(checked(faulty, Precision.BF16)))
        .usingElementComparator(near(BFLOAT16_ROUNDING))
        .isEqualTo(sound);
    assertThat(losses(unchecked(faulty, Precision.BF16)))
        .usingElementComparator(near(BFLOAT16_ROUNDING))
        .isNotEqualTo(sound);
  }

  private static Comparator<Double> near(double distance) {
    return (one, other) -> Math.abs(one - other) <= distance ? 0 : Double.compare(one, other);
  }

  private static Execution unchecked(Kernels kernels, Precision precision) {
    return new Execution(TWO_DEVICES, precision, new Arithmetic(kernels, Map.of(), List.of()));
  }

  private static Execution checked(Kernels kernels, Precision precision) {
    Execution usual = unchecked(kernels, precision);
    return usual.by(
        new ArithmeticCheck(List.of(BATCH), SessionConfiguration.of(TWO_DEVICES))
            .run(Presets.mini(), CLASSES, usual, Pass.TRAINING)
            .over(kernels));
  }

  private static List<Double> losses(Execution execution) {
    SessionPlan plan = SessionPlan.published(Presets.mini(), execution, BATCH);
    List<Double> losses = new ArrayList<>();
    try (TrainingSession session = new TrainingSession(plan, data, null, StallWatch.unlimited())) {
      session.variables().initialize();
      session.seek(0);
      for (long step = 0; step < STEPS; step++) {
        losses.add(session.step(step, new LearningRates(0.01, 0.02)).meanLoss());
      }
    }
    return losses;
  }
}
