package dev.alexnet.model.prediction;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.arithmetic.CheckedOperation;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LayerOperation;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.protobuf.StableBytes;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.model.testing.PlantedFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;

/** Models on a processor that computes convolutions with 48 output channels wrongly. */
@Tag("numbers")
class WrongKernelPredictionTest {
  private static final int CLASSES = 7;
  private static final float ROUNDING = 1e-5f;
  private static final ObjectStore STORE = ObjectStores.standard();
  private static final Kernels FAULTY =
      PlantedFault.in("convolution", 0.125f, operands -> operands.get(1).shape().get(3) == 48);

  @TempDir static Path directory;
  private static Dataset data;
  private static ModelFile file;
  private static List<byte[]> pictures;

  @BeforeAll
  static void exportAModelOfRandomValues() {
    data = DatasetFixture.write(directory.resolve("data"), "train", 56, CLASSES, 14);
    Location model = ModelFixture.write(directory.resolve("model"), data, 1);
    file = ModelFile.read(STORE, model);
    pictures =
        ImageRecords.of(data, data.manifest().shards().get(0)).stream()
            .map(ImageRecord::image)
            .toList();
  }

  private static float[][] predictions(ModelArithmetic arithmetic) {
    try (Predictor predictor = file.on(Device.HOST, arithmetic)) {
      return predictor.predictTenViews(pictures);
    }
  }

  private static double distance(float[][] one, float[][] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      for (int label = 0; label < one[i].length; label++) {
        largest = Math.max(largest, Math.abs(one[i][label] - other[i][label]));
      }
    }
    return largest;
  }

  @Test
  void on_processorThatConvolvesWrongly_predictsAsASoundOne() {
    ModelArithmetic arithmetic = new ModelArithmetic(8, FAULTY);

    float[][] checked = predictions(arithmetic);

    assertThat(distance(checked, predictions(new ModelArithmetic(8)))).isLessThan(ROUNDING);
    assertThat(arithmetic.all().operations())
        .filteredOn(operation -> !operation.isUsual())
        .extracting(CheckedOperation::operation)
        .contains(
            new LayerOperation("conv3", Pass.FORWARD, Precision.FP32),
            new LayerOperation("conv4", Pass.FORWARD, Precision.FP32));
    assertThat(arithmetic.all().replacements())
        .filteredOn(sentence -> sentence.matches(".* of conv[34] in fp32 .*"))
        .hasSize(2)
        .allMatch(sentence -> sentence.contains("with channels padded to a multiple of 64"));
  }

  /** The same processor without the check: shows that the test above would fail without it. */
  @Test
  void by_kernelsThatConvolveWrongly_predictsOtherwise() {
    Arithmetic unchecked = new Arithmetic(FAULTY, Map.of(), List.of());
    assertThat(distance(predictionsBy(unchecked), predictions(new ModelArithmetic(8))))
        .isGreaterThan(100 * ROUNDING);
  }

  private static float[][] predictionsBy(Arithmetic arithmetic) {
    ModelFile rebuilt =
        new ModelFile(file.place(), file.description(), rebuilt(file).by(arithmetic));
    try (Predictor predictor = rebuilt.on(Device.HOST, new ModelArithmetic(8))) {
      return predictor.predictTenViews(pictures);
    }
  }

  private static RebuiltModel rebuilt(ModelFile model) {
    return new RebuiltModel(model.place(), model.description(), model.graph().getGraphDef());
  }

  @Test
  void by_usualKernels_isTheModelThatWasExported() {
    assertThat(StableBytes.of(rebuilt(file).by(Arithmetic.AS_IS)))
        .isEqualTo(StableBytes.of(file.graph()));
  }

  @Test
  void by_usualKernelsOfANetworkWithoutParts_isTheModelThatWasExported() {
    Location model =
        ModelFixture.write(
            directory.resolve("ablated"), data, Presets.named("mini", "conv3,lrn"), 2);
    ModelFile ablated = ModelFile.read(STORE, model);
    assertThat(ablated.description().preset()).isEqualTo("mini without conv3 and lrn");
    assertThat(StableBytes.of(rebuilt(ablated).by(Arithmetic.AS_IS)))
        .isEqualTo(StableBytes.of(ablated.graph()));
  }

  @Test
  void by_anotherForm_putsItIntoThatLayerAlone() {
    LayerOperation replaced = new LayerOperation("conv3", Pass.FORWARD, Precision.FP32);
    Arithmetic arithmetic = Arithmetic.AS_IS.replacing(replaced, Form.WIDER);
    assertThat(rebuilt(file).by(arithmetic).getGraphDef().getNodeList())
        .filteredOn(node -> node.getOp().equals("PadV2"))
        .extracting(node -> node.getName().replaceFirst("/Pad.*", ""))
        .contains("tower0/forward/conv3", "tower1/forward/conv3")
        .doesNotContain("tower0/forward/conv4", "tower1/forward/conv4");
  }

  private static ModelDescription of(String preset) {
    return of(preset, file.description().parameters());
  }

  private static ModelDescription of(String preset, long parameters) {
    ModelDescription described = file.description();
    return new ModelDescription(
        described.schemaVersion(),
        preset,
        described.imageSize(),
        described.inputSize(),
        parameters,
        described.classes(),
        described.steps(),
        described.datasetHash(),
        described.savedModelHash(),
        described.settings(),
        List.of());
  }

  @Test
  void by_modelWhoseMeanHasNoName_saysThatItIsOld() {
    GraphDef.Builder old = file.graph().getGraphDef().toBuilder();
    old.getNodeBuilderList().stream()
        .filter(node -> node.getName().equals("mean"))
        .forEach(node -> node.setName("Const"));
    RebuiltModel model = new RebuiltModel(file.place(), file.description(), old.build());
    assertThatFailure(() -> model.by(Arithmetic.AS_IS))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(
            "saved_model.pb has no constant 'mean', which is needed to compute it");
  }

  @Test
  void network_ofAModelThatIsNotWhatItSays_isRefused() {
    assertThatFailure(() -> ModelArithmetic.network(of("mini without conv3")))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(
            "model.json names the network 'mini without conv3', which has an input of 48"
                + " pixels and ");
    assertThatThrownBy(() -> ModelArithmetic.network(of("published")))
        .hasMessageStartingWith(
            "model.json names the network 'published', which has an input of 224 pixels");
  }

  @Test
  void of_secondModelThatIsNotWhatItSays_isRefused() {
    ModelArithmetic arithmetic = new ModelArithmetic(8);
    ConfigProto configuration = ConfigProto.getDefaultInstance();
    arithmetic.of(of("mini"), Device.HOST, configuration);
    assertThatFailure(() -> arithmetic.of(of("mini", 7), Device.HOST, configuration))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("but the model has an input of 48 pixels and 7 parameters. ");
  }

  @Test
  void network_ofAModelOfAnotherProgram_isRefused() {
    assertThatFailure(() -> ModelArithmetic.network(of("resnet")))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "The network of the model is 'resnet', which this program does not have, so its"
                + " arithmetic cannot be checked. Use the version that trained it");
  }
}
