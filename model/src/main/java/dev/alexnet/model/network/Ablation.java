package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.CrossMapNormalization;
import dev.alexnet.model.network.LayerSpec.Dropout;
import dev.alexnet.model.network.LayerSpec.Inputs;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import dev.alexnet.model.network.LayerSpec.SameMapNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network without some of its parts, for the paper's studies of depth (section 7: about 2 points
 * of top-1 error for any middle convolution), normalisation (section 3.3: 1.4 and 1.2 points),
 * overlapping pooling (section 3.4: 0.4 and 0.3 points) and dropout (section 4.2).
 */
final class Ablation {
  /** Stands for every normalisation, the one within each map included. */
  static final String NORMALIZATION = "lrn";

  static final String DROPOUT = "dropout";

  /** Stands for the overlap of pooling windows. */
  static final String OVERLAP = "overlap";

  static final List<String> PARTS =
      List.of("conv3", "conv4", "conv5", NORMALIZATION, DROPOUT, OVERLAP);

  /** Separates the name of the preset from the parts left out. */
  static final String WITHOUT = " without ";

  /** Separates the parts in that name. */
  static final String AND = " and ";

  private static final String LAST_MIDDLE = "conv5";

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
      if (!isPartOf(part, spec)) {
        throw new Failure(
            Failure.Kind.USAGE,
            "without is '%s', but %s has none to leave out; its parts are %s"
                .formatted(
                    part,
                    spec.name(),
                    PARTS.stream()
                        .filter(other -> isPartOf(other, spec))
                        .collect(Collectors.joining(", "))));
      }
    }
    String without = WITHOUT + String.join(AND, removed);
    List<LayerSpec> layers = withMapsForTheDenseLayers(remaining(spec.layers(), removed), spec);
    return spec.with(
            spec.name() + without,
            spec.description() + " Here" + without + ".",
            removed.contains(OVERLAP) ? SeparatePooling.of(layers) : layers)
        .scheduledBy(schedules(spec, removed));
  }

  /** Of other networks nothing is recorded: they keep the schedules of the whole network. */
  private static HandSchedules schedules(AlexNetSpec spec, Set<String> removed) {
    if (spec.towers() == 2 && removed.equals(Set.of(NORMALIZATION))) {
      return spec.schedules().withoutNormalization();
    }
    return spec.towers() == 2 && removed.equals(Set.of(OVERLAP))
        ? spec.schedules().withoutOverlap()
        : spec.schedules();
  }

  /**
   * The rectifier of a convolution is left out with it. If the towers met in that convolution, they
   * meet in the next one, so that a study of depth changes nothing but depth.
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

  private static boolean isPartOf(String part, AlexNetSpec spec) {
    return part.equals(OVERLAP)
        ? spec.layers().stream()
            .anyMatch(
                layer -> layer instanceof MaxPooling pooling && pooling.stride() < pooling.size())
        : spec.layers().stream().anyMatch(layer -> isRemoved(layer, Set.of(part)));
  }

  private static boolean isRemoved(LayerSpec layer, Set<String> removed) {
    if (layer instanceof CrossMapNormalization || layer instanceof SameMapNormalization) {
      return removed.contains(NORMALIZATION);
    }
    if (layer instanceof Dropout) {
      return removed.contains(DROPOUT);
    }
    return removed.contains(layer.name().replaceFirst("^relu", "conv"));
  }

  /**
   * Without conv5, the last middle convolution that remains gets its maps: otherwise fc6 would have
   * half as many inputs again, and two thirds of all parameters are there.
   */
  private static List<LayerSpec> withMapsForTheDenseLayers(
      List<LayerSpec> layers, AlexNetSpec whole) {
    List<String> names = layers.stream().map(LayerSpec::name).toList();
    int last = Math.max(names.indexOf("conv3"), names.indexOf("conv4"));
    if (names.contains(LAST_MIDDLE) || last < 0) {
      return layers;
    }
    int maps =
        whole.layers().stream()
            .filter(layer -> layer.name().equals(LAST_MIDDLE))
            .mapToInt(layer -> ((Convolution) layer).maps())
            .findFirst()
            .orElseThrow();
    List<LayerSpec> same = new ArrayList<>(layers);
    same.set(last, ((Convolution) layers.get(last)).withMaps(maps));
    return same;
  }
}
