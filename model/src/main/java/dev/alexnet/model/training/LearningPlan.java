package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.training.LearningRates.LayerRates;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What layers begin with, and how fast which of them learn.
 *
 * @param learningRate ε of weights at the start; that of biases is the network's multiple of it
 * @param schedule how the rates fall: {@code constant}, {@code dexp}, {@code epochs}, {@code
 *     plateau} or {@code poly}
 * @param warmUpEpochs in how many epochs the rates rise from 0 at first
 * @param scaledByBatch whether {@code learningRate} is meant for a batch of 128, and grows with it
 * @param frozen layers that do not learn, separated by commas; empty for none
 * @param rates what the rates of layers are multiplied by, such as {@code conv1=0.1,fc8=10}; empty
 *     for none
 * @param optimizer {@code momentum} or {@code lars}
 * @param initialModel what layers begin with instead of random values; null for none
 */
public record LearningPlan(
    double learningRate,
    String schedule,
    double warmUpEpochs,
    boolean scaledByBatch,
    String frozen,
    String rates,
    String optimizer,
    InitialModel initialModel) {
  public static final String MOMENTUM = "momentum";
  public static final String LARS = "lars";

  private static final List<String> OPTIMIZERS = List.of(MOMENTUM, LARS);
  private static final double PUBLISHED_BATCH = 128;

  public LearningPlan {
    Problems problems =
        new Problems("train")
            .require(
                learningRate > 0 && Double.isFinite(learningRate),
                "learning-rate is %s; it must be more than 0",
                learningRate)
            .require(
                warmUpEpochs >= 0 && Double.isFinite(warmUpEpochs),
                "warm-up is %s; it must be at least 0",
                warmUpEpochs)
            .require(frozen != null, "freeze is missing")
            .require(rates != null, "rates is missing")
            .require(
                OPTIMIZERS.contains(optimizer),
                "optimizer is '%s'%s",
                optimizer,
                Suggestion.forWord(optimizer, OPTIMIZERS));
    try {
      Schedule.named(schedule);
    } catch (Failure e) {
      problems.add(e.getMessage());
    }
    problems.throwIfAny();
  }

  /** A plan for all layers, without a warm-up. */
  public static LearningPlan of(double learningRate, String schedule) {
    return new LearningPlan(learningRate, schedule, 0, false, "", "", MOMENTUM, null);
  }

  double startRate(int batch) {
    return scaledByBatch ? learningRate * batch / PUBLISHED_BATCH : learningRate;
  }

  UpdateRule updateRule() {
    return optimizer.equals(LARS) ? UpdateRule.LARS : UpdateRule.PUBLISHED;
  }

  /**
   * The rates at the start. LARS multiplies the rate of weights by its trust and more; that of
   * biases, which it leaves alone, is multiplied by the trust here: the usual rates of 2 to 14
   * would tear biases apart.
   */
  LearningRates startRates(AlexNetSpec spec, int batch) {
    double weights = startRate(batch);
    double biases = spec.biasRate() * weights * updateRule().trust().orElse(1);
    Map<String, LayerRates> own = new TreeMap<>();
    layerFactors(spec)
        .forEach(
            (layer, factor) -> own.put(layer, new LayerRates(weights * factor, biases * factor)));
    return new LearningRates(weights, biases, own);
  }

  /**
   * What the rates of layers are multiplied by: 0 for those that are frozen.
   *
   * @throws Failure of kind USAGE that suggests the nearest layer for one that the network lacks
   */
  SortedMap<String, Double> layerFactors(AlexNetSpec spec) {
    List<String> learning = learning(spec);
    SortedMap<String, Double> factors = new TreeMap<>();
    for (String layer : parts(frozen)) {
      requireLayer("freeze", layer, spec, learning);
      factors.put(layer, 0.0);
    }
    for (String part : parts(rates)) {
      int equals = part.indexOf('=');
      String layer = equals < 0 ? part : part.substring(0, equals).strip();
      requireLayer("rates", layer, spec, learning);
      double factor = equals < 0 ? Double.NaN : number(part.substring(equals + 1));
      if (!(factor >= 0 && Double.isFinite(factor))) {
        throw usage(
            "rates has '%s'; it takes a layer and what its rates are multiplied by, at least 0:"
                + " %s=0.1",
            part, layer);
      }
      if (factors.put(layer, factor) != null) {
        throw usage("rates names %s, which was named before, there or by freeze", layer);
      }
    }
    if (factors.values().stream().filter(factor -> factor == 0).count() == learning.size()) {
      throw usage("freeze and rates leave no layer that learns; leave one of them out");
    }
    return factors;
  }

  /**
   * @throws Failure of kind USAGE where the initial model's layers, the frozen ones or those with
   *     rates are none of the network's
   */
  void check(AlexNetSpec spec) {
    layerFactors(spec);
    if (initialModel != null) {
      initialModel
          .layerNames()
          .forEach(layer -> requireLayer("initial-layers", layer, spec, learning(spec)));
    }
  }

  private static List<String> learning(AlexNetSpec spec) {
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

  private static void requireLayer(
      String option, String layer, AlexNetSpec spec, List<String> learning) {
    if (!learning.contains(layer)) {
      throw usage(
          "%s names '%s', which is no layer of %s that learns%s",
          option, layer, spec.name(), Suggestion.forWord(layer, learning));
    }
  }

  private static Failure usage(String format, Object... arguments) {
    return new Failure(Failure.Kind.USAGE, String.format(format, arguments));
  }
}
