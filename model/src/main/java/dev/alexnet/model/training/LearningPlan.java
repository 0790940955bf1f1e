package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.LayerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How fast which layers learn.
 *
 * @param learningRate ε of weights at the start; that of biases is the network's multiple of it
 * @param schedule how the rates fall: {@code constant}, {@code dexp}, {@code epochs} or {@code
 *     plateau}
 * @param warmUpEpochs in how many epochs the rates rise from 0 at first
 * @param scaledByBatch whether {@code learningRate} is meant for a batch of 128, and grows with it
 * @param frozen layers that do not learn, separated by commas; empty for none
 */
public record LearningPlan(
    double learningRate,
    String schedule,
    double warmUpEpochs,
    boolean scaledByBatch,
    String frozen) {
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
            .require(frozen != null, "freeze is missing");
    try {
      Schedule.named(schedule);
    } catch (Failure e) {
      problems.add(e.getMessage());
    }
    problems.throwIfAny();
  }

  /** A plan for all layers, without a warm-up. */
  public static LearningPlan of(double learningRate, String schedule) {
    return new LearningPlan(learningRate, schedule, 0, false, "");
  }

  double startRate(int batch) {
    return scaledByBatch ? learningRate * batch / PUBLISHED_BATCH : learningRate;
  }

  /**
   * @throws Failure of kind USAGE that suggests the nearest layer for one that the network lacks
   */
  Set<String> frozenLayers(AlexNetSpec spec) {
    Set<String> names =
        Arrays.stream(frozen.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> known =
        spec.layers().stream()
            .filter(
                layer -> layer instanceof LayerSpec.Convolution || layer instanceof LayerSpec.Dense)
            .map(LayerSpec::name)
            .toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new Failure(
            Failure.Kind.USAGE,
            "freeze names '"
                + name
                + "', which is no layer of "
                + spec.name()
                + " that learns"
                + Suggestion.forWord(name, known));
      }
    }
    if (names.size() == known.size()) {
      throw new Failure(
          Failure.Kind.USAGE, "freeze names every layer that learns; leave one of them out");
    }
    return names;
  }
}
