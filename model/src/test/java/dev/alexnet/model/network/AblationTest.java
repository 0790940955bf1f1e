package dev.alexnet.model.network;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.Inputs;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AblationTest {
  @Test
  void without_nothing_isTheNetworkItself() {
    assertThat(Presets.named("published", "")).isEqualTo(Presets.published());
  }

  @Test
  void without_conv4_dropsItAndItsRectifierOnly() {
    AlexNetSpec spec = Presets.named("published", "conv4");

    List<String> expected =
        names(Presets.published()).stream()
            .filter(name -> !name.equals("conv4") && !name.equals("relu4"))
            .toList();
    assertThat(names(spec)).isEqualTo(expected);
    assertThat(spec.name()).isEqualTo("published without conv4");
    assertThat(inputs(spec, "conv3")).isEqualTo(Inputs.BOTH);
    assertThat(inputs(spec, "conv5")).isEqualTo(Inputs.OWN);
  }

  @ParameterizedTest
  @CsvSource({"conv3, conv4", "'conv3,conv4', conv5"})
  void without_theLayerWhereTowersMeet_letsThemMeetAtTheNext(String removed, String next) {
    assertThat(inputs(Presets.named("published", removed), next)).isEqualTo(Inputs.BOTH);
  }

  @Test
  void without_conv3OfOneTower_givesANetworkOfOneTower() {
    assertThat(NetworkProfile.of(Presets.named("half", "conv3"), 10).crossingBytes(1)).isZero();
  }

  @Test
  void without_lrn_dropsNormalisationsOfBothKinds() {
    assertThat(names(Presets.named("published", "lrn")))
        .doesNotContain("norm1", "norm2", "norm2same")
        .hasSize(names(Presets.published()).size() - 3);
  }

  @Test
  void without_dropout_dropsItAlone() {
    assertThat(names(Presets.named("published", "dropout")))
        .isEqualTo(names(Presets.published().withoutDropout()));
  }

  @ParameterizedTest
  @CsvSource({"conv5, conv4, 256", "'conv4,conv5', conv3, 256", "conv4, conv5, 256"})
  void without_conv5_givesItsMapsToTheConvolutionBefore(String removed, String last, int maps) {
    assertThat(convolution(Presets.named("published", removed), last).maps()).isEqualTo(maps);
  }

  @Test
  void without_conv3Conv4AndConv5_keepsConv2AsItIs() {
    AlexNetSpec spec = Presets.named("half", "conv3,conv4,conv5");
    assertThat(convolution(spec, "conv2")).isEqualTo(convolution(Presets.half(), "conv2"));
  }

  @Test
  void without_overlap_poolsEveryPixelOnceAndPadsLess() {
    AlexNetSpec spec = Presets.named("published", "overlap");
    assertThat(spec.layers())
        .filteredOn(MaxPooling.class::isInstance)
        .containsExactly(
            new MaxPooling("pool1", 2, 2),
            new MaxPooling("pool2", 2, 2),
            new MaxPooling("pool5", 2, 2));
    assertThat(convolution(spec, "conv2").padding()).isEqualTo(1);
    assertThat(convolution(spec, "conv3").padding()).isEqualTo(1);
    assertThat(convolution(spec, "conv5").padding()).isZero();
    assertThat(convolution(Presets.named("published", "overlap,conv5"), "conv4").padding())
        .isZero();
  }

  @Test
  void named_withTanh_replacesEveryRectifierAndIsFoundByItsName() {
    AlexNetSpec spec = Presets.named("mini", "lrn", Activation.TANH);
    assertThat(spec.name()).isEqualTo("mini without lrn with tanh");
    assertThat(names(spec)).contains("tanh1", "tanh7").noneMatch(name -> name.startsWith("relu"));
    assertThat(Presets.described(spec.name())).isEqualTo(spec);
    assertThat(Presets.described("mini with tanh"))
        .isEqualTo(Presets.named("mini", "", Activation.TANH));
    assertThat(Presets.presetOf(spec.name())).isEqualTo(Presets.mini());
    assertThat(Presets.presetOf("mini with tanh")).isEqualTo(Presets.mini());
  }

  @Test
  void without_severalParts_namesThemInOneOrder() {
    assertThat(Presets.named("mini", "lrn, conv3")).isEqualTo(Presets.named("mini", "conv3,lrn"));
    assertThat(Presets.named("mini", "lrn,conv3").name()).isEqualTo("mini without conv3 and lrn");
  }

  @Test
  void without_aPartThatTheNetworkDoesNotHave_isRefused() {
    for (String part : List.of("conv4", "lrn", "dropout", "overlap")) {
      assertThatFailure(() -> Presets.named("cifar", part))
          .isOfKind(Failure.Kind.USAGE)
          .hasMessageContaining(
              "without is '%s', but cifar has none to leave out; its parts are conv3"
                  .formatted(part));
    }
  }

  @Test
  void without_anUnknownPart_suggestsTheNearest() {
    assertThatFailure(() -> Presets.named("mini", "conv33"))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("without is 'conv33'")
        .hasMessageContaining("conv3");
  }

  private static List<String> names(AlexNetSpec spec) {
    return spec.layers().stream().map(LayerSpec::name).toList();
  }

  private static Inputs inputs(AlexNetSpec spec, String layer) {
    return convolution(spec, layer).inputs();
  }

  private static Convolution convolution(AlexNetSpec spec, String layer) {
    return spec.layers().stream()
        .filter(candidate -> candidate.name().equals(layer))
        .map(Convolution.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
