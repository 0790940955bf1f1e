package dev.alexnet.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.Dense;
import dev.alexnet.model.network.LayerSpec.Dropout;
import dev.alexnet.model.network.LayerSpec.Initial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Properties that a forward pass with given values does not show: initial values, and the positions
 * of dropout.
 */
class PresetsTest {

  private static Map<String, Initial> initial(AlexNetSpec spec) {
    Map<String, Initial> initial = new LinkedHashMap<>();
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof Convolution convolution) {
        initial.put(layer.name(), convolution.initial());
      } else if (layer instanceof Dense dense) {
        initial.put(layer.name(), dense.initial());
      }
    }
    return initial;
  }

  /** Configuration 145 of the original program. */
  @ParameterizedTest
  @ValueSource(strings = {"published", "half"})
  void initialValues_ofThePublishedNetwork_areThoseOfConfiguration145(String preset) {
    assertThat(initial(Presets.named(preset)))
        .containsExactly(
            entry("conv1", new Initial(0.01, 0)),
            entry("conv2", new Initial(0.01, 1)),
            entry("conv3", new Initial(0.03, 0)),
            entry("conv4", new Initial(0.03, 1)),
            entry("conv5", new Initial(0.03, 1)),
            entry("fc6", new Initial(0.01, 1)),
            entry("fc7", new Initial(0.01, 1)),
            entry("fc8", new Initial(0.01, 0)));
  }

  /** Section 5 of the paper. */
  @Test
  void initialValues_ofThePapersText_haveOneDeviation() {
    assertThat(initial(Presets.paperText()))
        .containsExactly(
            entry("conv1", new Initial(0.01, 0)),
            entry("conv2", new Initial(0.01, 1)),
            entry("conv3", new Initial(0.01, 0)),
            entry("conv4", new Initial(0.01, 1)),
            entry("conv5", new Initial(0.01, 1)),
            entry("fc6", new Initial(0.01, 1)),
            entry("fc7", new Initial(0.01, 1)),
            entry("fc8", new Initial(0.01, 0)));
  }

  /** Section 4.2 of the paper: in the first two dense layers, and not before them. */
  @Test
  void dropout_ofEveryAlexNet_followsTheRectifiersOfFc6AndFc7Alone() {
    for (String preset : Presets.names()) {
      if (preset.equals("cifar")) {
        continue;
      }
      List<LayerSpec> layers = Presets.named(preset).layers();
      assertThat(layers).as(preset).filteredOn(Dropout.class::isInstance).hasSize(2);
      for (String number : List.of("6", "7")) {
        int relu = layers.stream().map(LayerSpec::name).toList().indexOf("relu" + number);
        assertThat(layers.get(relu - 1).name()).isEqualTo("fc" + number);
        assertThat(layers.get(relu + 1)).isEqualTo(new Dropout("dropout" + number, 0.5));
      }
    }
  }

  /** Section 3.1: four layers with weights, and "no regularization of any kind". */
  @Test
  void cifar_hasFourLayersAndNothingElseButRectifiersAndPooling() {
    assertThat(Presets.cifar().layers())
        .extracting(LayerSpec::name)
        .containsExactly(
            "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "conv3", "relu3", "pool3", "fc4");
    assertThat(NetworkProfile.of(Presets.cifar(), 10).parameters())
        .isEqualTo(
            5 * 5 * 3 * 32 + 32 + 5 * 5 * 32 * 32 + 32 + 5 * 5 * 32 * 64 + 64 + 1024 * 10 + 10);
    assertThat(Presets.named("cifar", "", Activation.TANH).layers())
        .extracting(LayerSpec::name)
        .contains("tanh1", "tanh2", "tanh3")
        .noneMatch(name -> name.startsWith("relu"));
  }

  @Test
  void constants_ofEachKind_areWrittenForPeople() {
    Map<String, String> constants = new LinkedHashMap<>();
    Presets.published().layers().forEach(layer -> constants.put(layer.name(), layer.constants()));
    assertThat(constants)
        .containsEntry("conv1", "11 x 11 every 4, from 0.01 · N(0, 1), biases 0")
        .containsEntry("conv3", "3 x 3, from 0.03 · N(0, 1), biases 0")
        .containsEntry("norm1", "5 maps, k 2, alpha 0.00002, beta 0.75")
        .containsEntry("norm2same", "5 x 5 of a map, k 1, alpha 0.00004, beta 0.75")
        .containsEntry("pool1", "3 x 3 every 2")
        .containsEntry("relu1", "")
        .containsEntry("fc6", "from 0.01 · N(0, 1), biases 1")
        .containsEntry("dropout6", "drops 0.5, does not rescale");
  }
}
