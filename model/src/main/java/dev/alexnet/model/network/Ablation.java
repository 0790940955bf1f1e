package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.CrossMapNormalization;
import dev.alexnet.model.network.LayerSpec.Inputs;
import dev.alexnet.model.network.LayerSpec.SameMapNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network without some of its parts, for the paper's studies of depth (section 7: about 2 points
 * of top-1 error for any middle convolution) and of normalisation (section 3.3: 1.4 and 1.2
 * points).
 */
final class Ablation {
  /** Stands for every normalisation, the one within each map included. */
  static final String NORMALIZATION = "lrn";

  static final List<String> PARTS = List.of("conv3", "conv4", "conv5", NORMALIZATION);

  /** Separates the name of the preset from the parts left out. */
  static final String WITHOUT = " without ";

  /** Separates the parts in that name. */
  static final String AND = " and ";

  private Ablation() {}

  /**
   * @param parts some of {@link #PARTS}, separated by commas; empty for the network as it is
   * @throws Failure of kind USAGE that suggests the nearest part
   */
  static AlexNetSpec without(AlexNetSpec spec, String parts) {
    Set<String> removed =
        Stream.of(parts.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (removed.isEmpty()) {
      return spec;
    }
    for (String part : removed) {
      if (!PARTS.contains(part)) {
        throw new Failure(
            Failure.Kind.USAGE,
            "without is '"
                + part
                + "', but it names parts of the network to leave out, separated by commas"
                + Suggestion.forWord(part, PARTS));
      }
    }
    String without = WITHOUT + String.join(AND, removed);
    return spec.with(
        spec.name() + without,
        spec.description() + " Here" + without + ".",
        remaining(spec.layers(), removed));
  }

  /**
   * The ReLU of a convolution is left out with it. If the towers met in that convolution, they meet
   * in the next one, so that a study of depth changes nothing but depth.
   */
  private static List<LayerSpec> remaining(List<LayerSpec> layers, Set<String> removed) {
    List<LayerSpec> remaining = new ArrayList<>();
    boolean towersMeet = false;
    for (LayerSpec layer : layers) {
      if (isRemoved(layer, removed)) {
        towersMeet |=
            layer instanceof Convolution convolution && convolution.inputs() == Inputs.BOTH;
      } else if (towersMeet && layer instanceof Convolution convolution) {
        remaining.add(convolution.reading(Inputs.BOTH));
        towersMeet = false;
      } else {
        remaining.add(layer);
      }
    }
    return remaining;
  }

  private static boolean isRemoved(LayerSpec layer, Set<String> removed) {
    if (layer instanceof CrossMapNormalization || layer instanceof SameMapNormalization) {
      return removed.contains(NORMALIZATION);
    }
    return removed.contains(layer.name().replaceFirst("^relu", "conv"));
  }
}
