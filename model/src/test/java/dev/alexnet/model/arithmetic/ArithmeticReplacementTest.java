package dev.alexnet.model.arithmetic;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static dev.alexnet.model.arithmetic.MiniCheck.CLASSES;
import static dev.alexnet.model.arithmetic.MiniCheck.MINI;
import static dev.alexnet.model.arithmetic.MiniCheck.check;
import static dev.alexnet.model.arithmetic.MiniCheck.ofThisProcessor;
import static dev.alexnet.model.arithmetic.MiniCheck.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerOperation;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.testing.PlantedFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** Which form replaces an operation that is computed wrongly. */
@Tag("numbers")
class ArithmeticReplacementTest {
  /** oneDNN on Zen 5: the gradient of an input of 48 channels in float32. */
  @Test
  void run_withAWrongTailOf48Channels_computesThoseLayersWithMoreChannels() {
    Kernels faulty =
        PlantedFault.in(
            "convolutionInputGradient",
            0.125f,
            operands ->
                operands.get(1).type() == TFloat32.class && operands.get(1).shape().get(2) == 48);

    CheckedArithmetic checked = check(MINI, faulty, Precision.FP32);

    Set<String> wrong = wrong(checked);
    assertThat(wrong).contains("conv4 INPUT_GRADIENT", "conv5 INPUT_GRADIENT");
    wrong.removeAll(Set.of("conv4 INPUT_GRADIENT", "conv5 INPUT_GRADIENT"));
    assertThat(ofThisProcessor(Precision.FP32)).containsAll(wrong);
    assertThat(checked.over(faulty).replaced())
        .contains(
            Map.entry(new LayerOperation("conv4", Pass.INPUT_GRADIENT, Precision.FP32), Form.WIDER),
            Map.entry(
                new LayerOperation("conv5", Pass.INPUT_GRADIENT, Precision.FP32), Form.WIDER));
    assertThat(checked.replacements())
        .filteredOn(sentence -> sentence.contains("conv4"))
        .singleElement()
        .asString()
        .matches(
            "TensorFlow computes the input gradient of conv4 in fp32 wrongly on cpu:0 here:"
                + " its error is \\d\\.\\de-01, and rounding alone gives at most 2\\.0e-04. It is"
                + " computed"
                + " with channels padded to a multiple of 64 instead, with an error of"
                + " \\d\\.\\de-0[67]");
  }

  /** oneDNN on Zen 5: a convolution of images in bfloat16. */
  @Test
  void run_withAWrongConvolutionOfThreeChannels_computesItInFloat32() {
    Kernels faulty =
        PlantedFault.in("convolution", 100, ArithmeticReplacementTest::isOfImagesInBfloat16);

    assertThat(check(MINI, faulty, Precision.BF16).over(faulty).replaced())
        .containsEntry(new LayerOperation("conv1", Pass.FORWARD, Precision.BF16), Form.FLOAT32);
    assertThat(wrong(check(MINI, faulty, Precision.BF16)))
        .containsAll(ofThisProcessor(Precision.BF16));
    assertThat(wrong(check(MINI, faulty, Precision.FP32)))
        .isEqualTo(ofThisProcessor(Precision.FP32));
  }

  /** If one of two gradients that share a kernel is replaced, another kernel computes the other. */
  @Test
  void run_withAWrongWeightGradientInBf16_choosesWhatIsRightTogether() {
    Kernels faulty =
        PlantedFault.in("convolutionWeightGradient", 1, ArithmeticReplacementTest::isBfloat16);
    Arithmetic chosen = check(MINI, faulty, Precision.BF16).over(faulty);
    assertThat(chosen.replaced())
        .containsEntry(
            new LayerOperation("conv2", Pass.WEIGHT_GRADIENT, Precision.BF16), Form.FLOAT32);

    CheckedArithmetic together =
        new ArithmeticCheck(List.of(32, 3), ConfigProto.getDefaultInstance())
            .run(
                MINI,
                CLASSES,
                new Execution(Placement.host(2), Precision.BF16, chosen),
                Pass.TRAINING);

    assertThat(wrong(together)).isEmpty();
  }

  private static boolean isBfloat16(List<Operand<?>> operands) {
    return operands.get(0).type() == TBfloat16.class;
  }

  private static boolean isOfImagesInBfloat16(List<Operand<?>> operands) {
    return operands.get(1).type() == TBfloat16.class && operands.get(1).shape().get(2) == 3;
  }

  @Test
  void over_withAnOperationThatIsWrongInEveryForm_saysWhichAndWhatToDo() {
    Kernels faulty = PlantedFault.in("maximum");
    CheckedArithmetic checked = check(MINI, faulty, Precision.FP32);
    assertThatFailure(() -> checked.over(faulty))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessageMatching(
            "TensorFlow computes the forward pass of pool1 in fp32 wrongly on cpu:0 here: its error"
                + " is \\d\\.\\de\\+02, and rounding alone gives at most 2\\.0e-04, and no "
                + "other form"
                + " of it is correct, nor is any for \\d+ more operations\\. (Set "
                + "TF_ENABLE_ONEDNN_OPTS=0 in the"
                + " environment, which is slower, and run it again|oneDNN's kernels are already"
                + " switched off \\(TF_ENABLE_ONEDNN_OPTS=0\\), so use another machine or "
                + "version of"
                + " TensorFlow); 'alexnet doctor --arithmetic table' shows every operation");
  }

  /**
   * A form that does not change an operation must not be chosen because a fault has disappeared.
   */
  @Test
  void run_withAFaultThatDisappears_takesNoFormThatChangesNothing() {
    AtomicInteger built = new AtomicInteger();
    Kernels faulty =
        PlantedFault.by(
            "maximum",
            (tf, result) ->
                built.getAndIncrement() == 0
                    ? tf.math.neg(result.asOutput().expect(TFloat32.class))
                    : result);
    assertThat(check(MINI, faulty, Precision.FP32).operations())
        .filteredOn(operation -> operation.operation().layer().equals("pool1"))
        .filteredOn(operation -> operation.operation().pass() == Pass.FORWARD)
        .extracting(CheckedOperation::form)
        .containsExactly(Optional.empty());
  }
}
