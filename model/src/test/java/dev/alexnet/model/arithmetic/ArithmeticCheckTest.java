package dev.alexnet.model.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerOperation;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.PlantedFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Tag("numbers")
class ArithmeticCheckTest {
  private static final int CLASSES = 10;
  private static final AlexNetSpec MINI = Presets.mini();

  private static CheckedArithmetic check(
      AlexNetSpec network, Kernels kernels, Precision precision) {
    Arithmetic usual = new Arithmetic(kernels, Map.of(), List.of());
    return new ArithmeticCheck(List.of(32, 3), ConfigProto.getDefaultInstance())
        .run(
            network,
            CLASSES,
            new Execution(Placement.host(network.towers()), precision, usual),
            Pass.TRAINING);
  }

  private static Set<String> ofThisProcessor(Precision precision) {
    return wrong(check(MINI, Kernels.ofTensorFlow(), precision));
  }

  private static Set<String> wrong(CheckedArithmetic checked) {
    return checked.operations().stream()
        .filter(operation -> !operation.isUsual())
        .map(operation -> operation.operation().layer() + " " + operation.operation().pass().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void run_onMini_comparesEveryOperationOfEachLayerOnce() {
    List<LayerOperation> operations =
        check(MINI, Kernels.ofTensorFlow(), Precision.FP32).operations().stream()
            .map(CheckedOperation::operation)
            .toList();
    assertThat(operations).doesNotHaveDuplicates();
    assertThat(operations)
        .filteredOn(operation -> operation.pass() == Pass.FORWARD)
        .extracting(LayerOperation::layer)
        .containsExactly(
            "conv1",
            "norm1",
            "pool1",
            "relu1",
            "conv2",
            "relu2",
            "norm2",
            "norm2same",
            "pool2",
            "conv3",
            "relu3",
            "conv4",
            "relu4",
            "conv5",
            "pool5",
            "relu5",
            "fc6",
            "relu6",
            "fc7",
            "relu7",
            "fc8");
    assertThat(operations)
        .filteredOn(operation -> operation.pass() == Pass.INPUT_GRADIENT)
        .hasSize(20)
        .extracting(LayerOperation::layer)
        .doesNotContain("conv1");
    assertThat(operations)
        .filteredOn(operation -> operation.pass() == Pass.WEIGHT_GRADIENT)
        .extracting(LayerOperation::layer)
        .containsExactly("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8");
    assertThat(operations)
        .filteredOn(operation -> operation.pass() == Pass.BIAS_GRADIENT)
        .extracting(LayerOperation::layer)
        .containsExactly("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void run_onThisProcessor_findsAFormThatIsRightForEveryOperation(Precision precision) {
    CheckedArithmetic checked = check(MINI, Kernels.ofTensorFlow(), precision);
    assertThat(checked.operations())
        .allSatisfy(
            operation -> {
              assertThat(operation.form()).as("%s", operation).isPresent();
              assertThat(operation.error()).isLessThanOrEqualTo(operation.tolerance());
            });
    assertThat(checked.seconds()).isPositive();
  }

  /** Each of the other forms computes what the usual one does, for every shape of the network. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void run_withAllInAForm_isRight(Form form) {
    for (Precision precision : Precision.values()) {
      Set<String> wrong = wrong(check(MINI, form.over(Kernels.ofTensorFlow()), precision));
      // What is wrong on this processor in its usual form may be wrong in those that keep it.
      wrong.removeAll(ofThisProcessor(precision));
      if (precision == Precision.BF16 && form == Form.WIDER) {
        // oneDNN adds up a bias gradient in float32 only beside the usual weight gradient.
        wrong.removeIf(operation -> operation.endsWith(" BIAS_GRADIENT"));
      }
      assertThat(wrong).as("%s in %s", form, precision).isEmpty();
    }
  }

  static Stream<Arguments> faults() {
    Set<String> convolutions = Set.of("conv1", "conv2", "conv3", "conv4", "conv5");
    Set<String> dense = Set.of("fc6", "fc7", "fc8");
    Set<String> products = union(convolutions, dense);
    Set<String> norms = Set.of("norm1", "norm2");
    Set<String> pools = Set.of("pool1", "pool2", "pool5");
    Set<String> relus = Set.of("relu1", "relu2", "relu3", "relu4", "relu5", "relu6", "relu7");
    return Stream.of(
        Arguments.of("convolution", operations(convolutions, Pass.FORWARD)),
        Arguments.of(
            "convolutionInputGradient",
            operations(Set.of("conv2", "conv3", "conv4", "conv5"), Pass.INPUT_GRADIENT)),
        Arguments.of("convolutionWeightGradient", operations(convolutions, Pass.WEIGHT_GRADIENT)),
        Arguments.of(
            "product", operations(dense, Pass.FORWARD, Pass.INPUT_GRADIENT, Pass.WEIGHT_GRADIENT)),
        Arguments.of("addBiases", operations(products, Pass.FORWARD)),
        Arguments.of("biasGradient", operations(products, Pass.BIAS_GRADIENT)),
        Arguments.of("normalize", operations(norms, Pass.FORWARD)),
        Arguments.of("normalizeGradient", operations(norms, Pass.INPUT_GRADIENT)),
        Arguments.of(
            "windowMeans", operations(Set.of("norm2same"), Pass.FORWARD, Pass.INPUT_GRADIENT)),
        Arguments.of("maximum", operations(pools, Pass.FORWARD)),
        Arguments.of("maximumGradient", operations(pools, Pass.INPUT_GRADIENT)),
        Arguments.of(
            "rectify",
            union(
                operations(relus, Pass.FORWARD),
                operations(Set.of("conv2", "conv3", "conv4", "fc6", "fc7"), Pass.FORWARD))),
        Arguments.of("rectifyGradient", operations(relus, Pass.INPUT_GRADIENT)));
  }

  private static Set<String> operations(Set<String> layers, Pass... passes) {
    return layers.stream()
        .flatMap(layer -> Stream.of(passes).map(pass -> layer + " " + pass.name()))
        .collect(Collectors.toSet());
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  /** A normalisation's gradient is given what the forward pass gave out. */
  private static Set<String> following(String kernel) {
    return switch (kernel) {
      case "normalize" -> operations(Set.of("norm1", "norm2"), Pass.INPUT_GRADIENT);
      case "rectify" ->
          operations(
              Set.of("relu1", "relu2", "relu3", "relu4", "relu5", "relu6", "relu7"),
              Pass.INPUT_GRADIENT);
      case "maximum" -> operations(Set.of("pool1", "pool2", "pool5"), Pass.INPUT_GRADIENT);
      default -> Set.of();
    };
  }

  @ParameterizedTest
  @MethodSource("faults")
  void run_withAFaultInOneKindOfOperation_findsItInEveryLayerThatHasIt(
      String kernel, Set<String> layers) {
    Set<String> found = wrong(check(MINI, PlantedFault.in(kernel), Precision.FP32));
    assertThat(found).containsAll(layers);
    found.removeAll(ofThisProcessor(Precision.FP32));
    assertThat(union(layers, following(kernel))).containsAll(found);
  }

  @Test
  void faults_together_areOfEveryKindOfOperation() {
    assertThat(faults().map(fault -> fault.get()[0]))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Kernels.class.getMethods())
                .map(method -> method.getName())
                .filter(name -> !name.equals("ofTensorFlow"))
                .toList());
  }

  /** oneDNN on Zen 5: the gradient by an input of 48 channels in float32. */
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
    Kernels faulty = PlantedFault.in("convolution", 100, ArithmeticCheckTest::isOfImagesInBfloat16);

    assertThat(check(MINI, faulty, Precision.BF16).over(faulty).replaced())
        .containsEntry(new LayerOperation("conv1", Pass.FORWARD, Precision.BF16), Form.FLOAT32);
    assertThat(wrong(check(MINI, faulty, Precision.BF16)))
        .containsAll(ofThisProcessor(Precision.BF16));
    assertThat(wrong(check(MINI, faulty, Precision.FP32)))
        .isEqualTo(ofThisProcessor(Precision.FP32));
  }

  /** A kernel that computes two gradients is another one when one of them is replaced. */
  @Test
  void run_withAWrongWeightGradientInBf16_choosesWhatIsRightTogether() {
    Kernels faulty =
        PlantedFault.in("convolutionWeightGradient", 1, ArithmeticCheckTest::isBfloat16);
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
    assertThatThrownBy(() -> checked.over(faulty))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DEVICE))
        .hasMessageMatching(
            "TensorFlow computes the forward pass of pool1 in fp32 wrongly on cpu:0 here: its error"
                + " is \\d\\.\\de\\+02, and rounding alone gives at most 2\\.0e-04, and no other form"
                + " of it is right, nor of \\d+ more\\. (Set TF_ENABLE_ONEDNN_OPTS=0 in the"
                + " environment, which is slower, and run it again|oneDNN's kernels are switched off"
                + " already \\(TF_ENABLE_ONEDNN_OPTS=0\\), so use another machine or version of"
                + " TensorFlow); 'alexnet doctor --arithmetic table' shows every operation");
  }

  /** A form that leaves an operation as it is must not be taken because a fault has gone. */
  @Test
  void run_withAFaultThatGoes_takesNoFormThatChangesNothing() {
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

  /** The maximum of negative numbers, as in a network that rectifies after it pools. */
  @Test
  void run_withAMaximumThatStartsAtZero_findsIt() {
    Kernels sound = Kernels.ofTensorFlow();
    Kernels faulty =
        PlantedFault.by(
            "maximum", (tf, result) -> sound.rectify(tf, result.asOutput().expect(TFloat32.class)));
    assertThat(wrong(check(MINI, faulty, Precision.FP32)))
        .contains("pool1 FORWARD", "pool2 FORWARD", "pool5 FORWARD");
  }

  /** Convolutions of one image have other kernels than those of several. */
  @Test
  void run_withABatchOfOne_findsAFaultOfOneImage() {
    Kernels faulty =
        PlantedFault.by(
            "convolution",
            (tf, result) -> {
              Operand<TFloat32> sound = result.asOutput().expect(TFloat32.class);
              Operand<TInt32> images = tf.shape.size(sound, tf.constant(0));
              Operand<TFloat32> alone =
                  tf.dtypes.cast(tf.math.equal(images, tf.constant(1)), TFloat32.class);
              return tf.math.add(sound, alone);
            });
    Execution usual =
        Execution.on(Placement.host(2)).by(new Arithmetic(faulty, Map.of(), List.of()));
    ConfigProto configuration = ConfigProto.getDefaultInstance();
    assertThat(
            wrong(
                new ArithmeticCheck(List.of(32, 1), configuration)
                    .run(MINI, CLASSES, usual, Pass.INFERENCE)))
        .contains("conv1 FORWARD", "conv5 FORWARD");
    assertThat(
            wrong(
                new ArithmeticCheck(List.of(32, 2), configuration)
                    .run(MINI, CLASSES, usual, Pass.INFERENCE)))
        .doesNotContain("conv1 FORWARD", "conv5 FORWARD");
  }
}
