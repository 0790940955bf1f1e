package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Release;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.LearningRates.LayerRates;
import dev.alexnet.model.training.step.UpdateRule;
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
 * @param rates factors of the rates of layers, such as {@code conv1=0.1,fc8=10@300}; empty for none
 * @param optimizer how gradients change parameters
 * @param momentum the share of the last update that each update keeps, 0 to below 1
 * @param weightDecay the share of a weight, times its rate, that each update takes off it
 * @param release whose training by hand the schedule {@code epochs} follows
 */
public record LearningPlan(
    double learningRate,
    Schedule schedule,
    double warmUpEpochs,
    boolean scaledByBatch,
    String frozen,
    String rates,
    Optimizer optimizer,
    double momentum,
    double weightDecay,
    Release release) {
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
          .label("LAYER,LAYER")
          .description("Layers that do not learn, separated by commas: conv1,conv2.");

  public static final Setting<String> RATES =
      Setting.text("rates")
          .label("LAYER=X,LAYER=X")
          .description(
              "Factors of the rates of layers, for fine-tuning: conv1=0.1,fc8=10; with fc8=10@300 only from step 300 on.");

  public static final Setting<Optimizer> OPTIMIZER =
      Setting.choice("optimizer", Optimizer.class)
          .defaultsTo(Optimizer.MOMENTUM)
          .description(
              "momentum (as published), or lars for batches of thousands; use lars with --schedule poly, a"
                  + " --warm-up and a --learning-rate of 2 to 14.");

  public static final Setting<Double> MOMENTUM =
      Setting.number("momentum")
          .defaultsTo(UpdateRule.PUBLISHED.momentum())
          .mustBe("at least 0 and less than 1", momentum -> momentum >= 0 && momentum < 1)
          .description("The share of the last update that each update keeps.");

  public static final Setting<Double> WEIGHT_DECAY =
      Setting.number("weight-decay")
          .defaultsTo(UpdateRule.PUBLISHED.weightDecay())
          .mustBe("at least 0", decay -> decay >= 0 && Double.isFinite(decay))
          .description(
              "The share of a weight, multiplied by its rate, that each update takes off it; biases"
                  + " do not decay.");

  public static final Setting<Release> RELEASE =
      Setting.choice("release", Release.class)
          .defaultsTo(Release.ILSVRC_2010)
          .description(
              "Whose training by hand --schedule epochs follows: ilsvrc-2010 or ilsvrc-2012, as far"
                  + " as one is recorded for the network.");

  static final List<Setting<?>> SETTINGS =
      List.of(
          LEARNING_RATE,
          SCHEDULE,
          RELEASE,
          WARM_UP,
          SCALE_RATE,
          FREEZE,
          RATES,
          OPTIMIZER,
          MOMENTUM,
          WEIGHT_DECAY);

  double startRate(int batch) {
    return scaledByBatch ? learningRate * batch / PUBLISHED_BATCH : learningRate;
  }

  UpdateRule updateRule() {
    UpdateRule rule = optimizer == Optimizer.LARS ? UpdateRule.LARS : UpdateRule.PUBLISHED;
    return new UpdateRule(momentum, weightDecay, rule.trust());
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
            (layer, factor) ->
                own.put(
                    layer, new LayerRates(weights * factor.factor(), biases * factor.factor())));
    return new LearningRates(weights, biases, own);
  }

  /**
   * The factors of the rates of layers: 0 for frozen ones.
   *
   * @throws Failure of kind USAGE that suggests the nearest layer if the network lacks one
   */
  SortedMap<String, LayerFactor> layerFactors(AlexNetSpec spec) {
    return LayerFactors.parse(spec, frozen, rates);
  }

  /** The layers that do not have their own rates from the start, and the step at which they do. */
  SortedMap<String, Long> lateLayers(AlexNetSpec spec) {
    SortedMap<String, Long> late = new TreeMap<>();
    layerFactors(spec)
        .forEach(
            (layer, factor) -> {
              if (factor.from() > 0) {
                late.put(layer, factor.from());
              }
            });
    return late;
  }

  /**
   * @throws Failure of kind USAGE if the network lacks one of the layers
   */
  void check(AlexNetSpec spec) {
    layerFactors(spec);
  }
}
