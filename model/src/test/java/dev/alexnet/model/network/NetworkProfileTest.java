package dev.alexnet.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.network.graph.Network;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** The expected figures were computed by hand from the layers' sizes and agree with the paper's. */
class NetworkProfileTest {
  private static final int CLASSES = 1000;

  @ParameterizedTest
  @CsvSource({
    "published, 60965224",
    "paper-text, 60965224",
    "half, 59798312",
    "conv6, 61555304",
  })
  void parameters_ofPreset_areThePublishedCount(String preset, long expected) {
    assertThat(profile(preset, "").parameters()).isEqualTo(expected);
  }

  @Test
  void of_published_givesThePublishedShapes() {
    assertThat(shapes("published", ""))
        .containsExactly(
            "conv1 55x96",
            "norm1 55x96",
            "pool1 27x96",
            "relu1 27x96",
            "conv2 27x256",
            "relu2 27x256",
            "norm2 27x256",
            "norm2same 27x256",
            "pool2 13x256",
            "conv3 13x384",
            "relu3 13x384",
            "conv4 13x384",
            "relu4 13x384",
            "conv5 13x256",
            "pool5 6x256",
            "relu5 6x256",
            "fc6 1x4096",
            "relu6 1x4096",
            "dropout6 1x4096",
            "fc7 1x4096",
            "relu7 1x4096",
            "dropout7 1x4096",
            "fc8 1x1000");
  }

  @Test
  void of_published_countsNeuronsAndMultiplications() {
    NetworkProfile profile = profile("published", "");

    // The paper's Figure 2 has 253,440 for conv1; only 55 x 55 x 96 comes to the "650,000 neurons"
    // of its abstract.
    assertThat(profile.layers().get(0).values()).isEqualTo(290_400);
    assertThat(profile.neurons()).isEqualTo(659_272);
    assertThat(profile.multiplyAdds()).isEqualTo(724_406_816);
    assertThat(profile.trainingOperations()).isEqualTo(4_346_440_896L);
    assertThat(multiplyAdds(profile))
        .containsEntry("conv1", 105_415_200L)
        .containsEntry("conv2", 223_948_800L)
        .containsEntry("conv3", 149_520_384L)
        .containsEntry("conv4", 112_140_288L)
        .containsEntry("conv5", 74_760_192L)
        .containsEntry("fc6", 37_748_736L)
        .containsEntry("fc7", 16_777_216L)
        .containsEntry("fc8", 4_096_000L);
  }

  @Test
  void crossingBytes_ofPublished_areThoseOfItsLinks() {
    NetworkProfile profile = profile("published", "");
    Map<String, Long> crossing =
        profile.layers().stream()
            .filter(layer -> layer.crossingValues() > 0)
            .collect(Collectors.toMap(LayerProfile::name, LayerProfile::crossingValues));

    assertThat(crossing)
        .containsOnly(
            Map.entry("conv3", 2 * 21_632L),
            Map.entry("fc6", 2 * 4_608L),
            Map.entry("fc7", 2 * 2_048L),
            Map.entry("fc8", 2_048L));
    assertThat(profile.crossingBytes(128)).isEqualTo(2L * 4 * 128 * 58_624);
    assertThat(profile.crossingBytes(128) / (1024.0 * 1024)).isBetween(57.2, 57.3);
    assertThat(profile("half", "").crossingBytes(128)).isZero();
  }

  /** Configuration 147: the same inputs of the dense layers, and so the same parameters. */
  @Test
  void of_publishedWithoutOverlap_hasTheSidesOfConfiguration147() {
    assertThat(shapes("published", "overlap"))
        .startsWith("conv1 55x96", "norm1 55x96", "pool1 28x96", "relu1 28x96", "conv2 26x256")
        .contains("pool2 13x256", "conv3 13x384", "conv4 13x384", "conv5 11x256", "pool5 6x256");
    assertThat(profile("published", "overlap").parameters()).isEqualTo(60_965_224);
    assertThat(shapes("mini", "overlap"))
        .contains("pool1 12x32", "conv2 10x64", "pool2 5x64", "conv5 3x64", "pool5 2x64");
  }

  /** Only depth changes: the inputs of fc6 stay as they are. */
  @ParameterizedTest
  @CsvSource({
    "published, conv5, 60301288",
    "published, 'conv4,conv5', 59563624",
    "half, conv5, 59466344",
    "published, conv4, 60301288"
  })
  void parameters_withoutMiddleConvolutions_changeByThemAlone(
      String preset, String without, long expected) {
    NetworkProfile profile = profile(preset, without);
    assertThat(profile.parameters()).isEqualTo(expected);
    assertThat(profile.layers())
        .filteredOn(layer -> layer.name().equals("fc6"))
        .singleElement()
        .extracting(LayerProfile::parameters)
        .isEqualTo(37_752_832L);
  }

  static List<String> presets() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void parameters_ofAnyPresetAndAblation_areThoseOfTheGraph(String preset) {
    List<String> ablations =
        preset.equals("cifar")
            ? List.of("", "conv3")
            : List.of(
                "",
                "conv3",
                "conv4",
                "conv5",
                "lrn",
                "conv3,conv4,lrn",
                "overlap",
                "conv5,overlap");
    for (String without : ablations) {
      AlexNetSpec spec = Presets.named(preset, without);
      try (Graph graph = new Graph()) {
        Network network =
            Network.of(
                Ops.create(graph),
                spec,
                CLASSES,
                Execution.on(Placement.host(spec.towers())),
                (tf, parameter) -> tf.constant(0f),
                new Mode.Inference());
        assertThat(NetworkProfile.of(spec, CLASSES).parameters())
            .as(spec.name())
            .isEqualTo(network.parameters().stream().mapToLong(Parameter::size).sum());
      }
    }
  }

  private static NetworkProfile profile(String preset, String without) {
    return NetworkProfile.of(Presets.named(preset, without), CLASSES);
  }

  private static List<String> shapes(String preset, String without) {
    return profile(preset, without).layers().stream()
        .map(layer -> layer.name() + " " + layer.side() + "x" + layer.maps())
        .toList();
  }

  private static Map<String, Long> multiplyAdds(NetworkProfile profile) {
    return profile.layers().stream()
        .collect(Collectors.toMap(LayerProfile::name, LayerProfile::multiplyAdds));
  }
}
