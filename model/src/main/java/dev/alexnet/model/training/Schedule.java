package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import java.util.List;

/** How the learning rates fall in the course of the training. */
enum Schedule {
  /** The rates stay what they are. */
  CONSTANT("constant"),
  /**
   * The original author's automatic schedule: the weights' rate falls in four steps of equal length
   * to 1/250, the biases' once, at half time, to a tenth.
   */
  DEXP("dexp");

  private static final int WEIGHT_STEPS = 4;
  private static final double WEIGHT_FACTOR = 250;
  private static final int BIAS_STEPS = 2;
  private static final double BIAS_FACTOR = 10;

  /** Biases start at twice the rate of weights. */
  private static final double BIAS_RATE = 2;

  private final String word;

  Schedule(String word) {
    this.word = word;
  }

  static final List<String> WORDS = List.of(CONSTANT.word, DEXP.word);

  /**
   * @throws Failure of kind USAGE that suggests the nearest word
   */
  static Schedule named(String word) {
    for (Schedule schedule : values()) {
      if (schedule.word.equals(word)) {
        return schedule;
      }
    }
    throw new Failure(
        Failure.Kind.USAGE, "schedule is '" + word + "'" + Suggestion.forWord(word, WORDS));
  }

  /**
   * @param base the rate of weights at the start
   * @param done the share of the training that is done, 0 to 1
   */
  LearningRates at(double base, double done) {
    return switch (this) {
      case CONSTANT -> new LearningRates(base, BIAS_RATE * base);
      case DEXP ->
          new LearningRates(
              base * fall(done, WEIGHT_STEPS, WEIGHT_FACTOR),
              BIAS_RATE * base * fall(done, BIAS_STEPS, BIAS_FACTOR));
    };
  }

  private static double fall(double done, int steps, double factor) {
    int step = Math.min(steps - 1, (int) (done * steps));
    return Math.pow(factor, -(double) step / (steps - 1));
  }
}
