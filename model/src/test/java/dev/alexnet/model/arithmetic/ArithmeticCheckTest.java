package dev.alexnet.model.arithmetic;

import static dev.alexnet.model.arithmetic.MiniCheck.CLASSES;
import static dev.alexnet.model.arithmetic.MiniCheck.MINI;
import static dev.alexnet.model.arithmetic.MiniCheck.check;
import static dev.alexnet.model.arithmetic.MiniCheck.ofThisProcessor;
import static dev.alexnet.model.arithmetic.MiniCheck.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Activation;
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
import java.util.Set;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Tag("numbers")
class ArithmeticCheckTest {
  private static final AlexNetSpec SATURATING = Presets.named("mini", "", Activation.TANH);
  private static final Set<String> TANHS =
      Set.of("tanh1", "tanh2", "tanh3", "tanh4", "tanh5", "tanh6", "tanh7");

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

  /** Every other form gives the same results as the usual one, for every shape of the network. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void run_withAllInAForm_isRight(Form form) {
    for (Precision precision : Precision.values()) {
      Set<String> wrong = wrong(check(MINI, form.over(Kernels.ofTensorFlow()), precision));
      // An operation whose usual form is wrong on this processor may also be wrong in forms that
      // keep it.
      wrong.removeAll(ofThisProcessor(precision));
      if (precision == Precision.BF16 && form == Form.WIDER) {
        // oneDNN sums a bias gradient in float32 only together with the usual weight gradient.
        wrong.removeIf(operation -> operation.endsWith(" BIAS_GRADIENT"));
      }
      assertThat(wrong).as("%s in %s", form, precision).isEmpty();
    }
  }

  @Test
  void run_ofTanhInBf16_findsAFormThatIsRightForEveryOperation() {
    assertThat(check(SATURATING, Kernels.ofTensorFlow(), Precision.BF16).operations())
        .allSatisfy(operation -> assertThat(operation.form()).as("%s", operation).isPresent());
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
        Arguments.of("rectifyGradient", operations(relus, Pass.INPUT_GRADIENT)),
        Arguments.of("tangent", operations(TANHS, Pass.FORWARD)),
        Arguments.of("tangentGradient", operations(TANHS, Pass.INPUT_GRADIENT)));
  }

  private static Set<String> operations(Set<String> layers, Pass... passes) {
    return layers.stream()
        .flatMap(layer -> Stream.of(passes).map(pass -> layer + " " + pass.name()))
        .collect(Collectors.toSet());
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  /** A normalisation's gradient gets the output of the forward pass. */
  private static Set<String> following(String kernel) {
    return switch (kernel) {
      case "normalize" -> operations(Set.of("norm1", "norm2"), Pass.INPUT_GRADIENT);
      case "rectify" ->
          operations(
              Set.of("relu1", "relu2", "relu3", "relu4", "relu5", "relu6", "relu7"),
              Pass.INPUT_GRADIENT);
      case "tangent" -> operations(TANHS, Pass.INPUT_GRADIENT);
      case "maximum" -> operations(Set.of("pool1", "pool2", "pool5"), Pass.INPUT_GRADIENT);
      default -> Set.of();
    };
  }

  @ParameterizedTest
  @MethodSource("faults")
  void run_withAFaultInOneKindOfOperation_findsItInEveryLayerThatHasIt(
      String kernel, Set<String> layers) {
    AlexNetSpec network = kernel.startsWith("tangent") ? SATURATING : MINI;
    Set<String> found = wrong(check(network, PlantedFault.in(kernel), Precision.FP32));
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

  /** The maximum of negative numbers occurs in a network that rectifies after pooling. */
  @Test
  void run_withAMaximumThatStartsAtZero_findsIt() {
    Kernels sound = Kernels.ofTensorFlow();
    Kernels faulty =
        PlantedFault.by(
            "maximum", (tf, result) -> sound.rectify(tf, result.asOutput().expect(TFloat32.class)));
    assertThat(wrong(check(MINI, faulty, Precision.FP32)))
        .contains("pool1 FORWARD", "pool2 FORWARD", "pool5 FORWARD");
  }

  /** Convolutions of one image use other kernels than those of several. */
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
