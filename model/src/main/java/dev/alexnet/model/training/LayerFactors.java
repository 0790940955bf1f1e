package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.LayerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the rates of layers are multiplied by. */
final class LayerFactors {
  private final AlexNetSpec spec;
  private final List<String> learning;
  private final SortedMap<String, LayerFactor> factors = new TreeMap<>();

  private LayerFactors(AlexNetSpec spec) {
    this.spec = spec;
    this.learning = learning(spec);
  }

  /**
   * @param frozen layers that do not learn, separated by commas
   * @param rates such as {@code conv1=0.1,fc8=10@300}
   * @return factors by layer: 0 for frozen ones
   * @throws Failure of kind USAGE that suggests the nearest layer if the network lacks one
   */
  static SortedMap<String, LayerFactor> parse(AlexNetSpec spec, String frozen, String rates) {
    LayerFactors parsed = new LayerFactors(spec);
    for (String layer : parts(frozen)) {
      requireLayer("freeze", layer, spec, parsed.learning);
      parsed.add(layer, new LayerFactor(0, 0));
    }
    parts(rates).forEach(parsed::addRate);
    parsed.requireOneThatLearns();
    return parsed.factors;
  }

  private void addRate(String part) {
    int equals = part.indexOf('=');
    String layer = equals < 0 ? part : part.substring(0, equals).strip();
    requireLayer("rates", layer, spec, learning);
    String[] factorAndStep = (equals < 0 ? "" : part.substring(equals + 1)).split("@", 2);
    double factor = number(factorAndStep[0]);
    double from = factorAndStep.length == 1 ? 0 : number(factorAndStep[1]);
    if (!(factor >= 0 && Double.isFinite(factor))) {
      throw usage(
          "rates has '%s'; it takes a layer and what its rates are multiplied by, at least 0:"
              + " %s=0.1",
          part, layer);
    }
    if (!(from >= 0 && from <= Integer.MAX_VALUE && from == Math.rint(from))) {
      throw usage(
          "rates has '%s'; after @ it takes the step from which the layer has its own rates:"
              + " %s=10@300",
          part, layer);
    }
    add(layer, new LayerFactor(factor, (long) from));
  }

  private void add(String layer, LayerFactor factor) {
    if (factors.put(layer, factor) != null) {
      throw usage("%s is listed twice, in --rates or --freeze", layer);
    }
  }

  private void requireOneThatLearns() {
    if (factors.values().stream().filter(factor -> factor.factor() == 0).count()
        == learning.size()) {
      throw usage("freeze and rates stop every layer from learning; remove one of them");
    }
  }

  /** The layers that have parameters. */
  static List<String> learning(AlexNetSpec spec) {
    return spec.layers().stream()
        .filter(layer -> layer instanceof LayerSpec.Convolution || layer instanceof LayerSpec.Dense)
        .map(LayerSpec::name)
        .toList();
  }

  private static List<String> parts(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  static void requireLayer(String option, String layer, AlexNetSpec spec, List<String> learning) {
    if (!learning.contains(layer)) {
      throw usage(
          "%s names '%s', which is not a layer of %s that learns%s",
          option, layer, spec.name(), Suggestion.forWord(layer, learning));
    }
  }

  private static Failure usage(String format, Object... arguments) {
    return new Failure(Failure.Kind.USAGE, String.format(format, arguments));
  }
}
