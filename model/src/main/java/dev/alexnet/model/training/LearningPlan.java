package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.LearningRates.LayerRates;
import dev.alexnet.model.training.step.UpdateRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How fast each layer learns.
 *
 * @param learningRate ε of weights at the start; that of biases is the network's multiple of it
 * @param schedule how the rates fall
 * @param warmUpEpochs in how many epochs the rates first rise from 0
 * @param scaledByBatch whether {@code learningRate} is meant for a batch of 128, and grows with it
 * @param frozen layers that do not learn, separated by commas; empty for none
 * @param rates factors of the rates of layers, such as {@code conv1=0.1,fc8=10}; empty for none
 * @param optimizer how gradients change parameters
 */
public record LearningPlan(
    double learningRate,
    Schedule schedule,
    double warmUpEpochs,
    boolean scaledByBatch,
    String frozen,
    String rates,
    Optimizer optimizer) {
  private static final double PUBLISHED_BATCH = 128;

  public static final Setting<Double> LEARNING_RATE =
      Setting.number("learning-rate")
          .defaultsTo(0.01)
          .mustBe("more than 0", rate -> rate > 0 && Double.isFinite(rate))
          .description("The rate of the weights at the start.");

  public static final Setting<Schedule> SCHEDULE =
      Setting.choice("schedule", Schedule.class)
          .defaultsTo(Schedule.DEXP)
          .description(
              "How the learning rates fall: dexp (the author's automatic one), epochs (as "
                  + "published,"
                  + " by hand: conv1 before the others, and no PCA noise in the end), plateau (when"
                  + " the validation error stops improving; the paper's), poly or constant.");

  public static final Setting<Double> WARM_UP =
      Setting.number("warm-up")
          .defaultsTo(0.0)
          .mustBe("at least 0", epochs -> epochs >= 0 && Double.isFinite(epochs))
          .description("Epochs in which the rates first rise from 0.");

  public static final Setting<Boolean> SCALE_RATE =
      Setting.flag("scale-rate").description("Multiplies the rate by batch / 128.");

  public static final Setting<String> FREEZE =
      Setting.text("freeze")
          .description("Layers that do not learn, separated by commas: conv1,conv2.");

  public static final Setting<String> RATES =
      Setting.text("rates")
          .description("Factors of the rates of layers, for fine-tuning: conv1=0.1,fc8=10.");

  public static final Setting<Optimizer> OPTIMIZER =
      Setting.choice("optimizer", Optimizer.class)
          .defaultsTo(Optimizer.MOMENTUM)
          .description(
              "momentum (as published), or lars for batches of thousands; use lars with --schedule poly, a"
                  + " --warm-up and a --learning-rate of 2 to 14.");

  static final List<Setting<?>> SETTINGS =
      List.of(LEARNING_RATE, SCHEDULE, WARM_UP, SCALE_RATE, FREEZE, RATES, OPTIMIZER);

  double startRate(int batch) {
    return scaledByBatch ? learningRate * batch / PUBLISHED_BATCH : learningRate;
  }

  UpdateRule updateRule() {
    return optimizer == Optimizer.LARS ? UpdateRule.LARS : UpdateRule.PUBLISHED;
  }

  /**
   * The rates at the start. LARS multiplies the rate of weights by its trust coefficient and more,
   * but leaves that of biases alone. It is multiplied by the trust coefficient here, because biases
   * would diverge with the usual rates of 2 to 14.
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
   * The factors of the rates of layers: 0 for frozen ones.
   *
   * @throws Failure of kind USAGE that suggests the nearest layer if the network lacks one
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
        throw usage("%s is listed twice, in --rates or --freeze", layer);
      }
    }
    if (factors.values().stream().filter(factor -> factor == 0).count() == learning.size()) {
      throw usage("freeze and rates stop every layer from learning; remove one of them");
    }
    return factors;
  }

  /**
   * @throws Failure of kind USAGE if the network lacks one of the layers
   */
  void check(AlexNetSpec spec) {
    layerFactors(spec);
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
