package dev.alexnet.model.training;

import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.model.training.step.LearningRates;
import java.util.Arrays;
import java.util.List;

/** How the learning rates fall during the training. */
public enum Schedule {
  /** The rates do not change. */
  CONSTANT {
    @Override
    LearningRates factors(double done, int plateaus, PublishedEpochs published) {
      return new LearningRates(1, 1);
    }
  },
  /**
   * The original author's automatic schedule: the weights' rate falls in four steps of equal length
   * to 1/250, the biases' once, at half time, to a tenth.
   */
  DEXP {
    @Override
    LearningRates factors(double done, int plateaus, PublishedEpochs published) {
      return new LearningRates(fall(done, 4, 250), fall(done, 2, 10));
    }
  },
  /** The published training, epoch by epoch: {@link PublishedEpochs}. */
  EPOCHS {
    @Override
    LearningRates factors(double done, int plateaus, PublishedEpochs published) {
      return published.at(done).factors();
    }

    @Override
    boolean addsPcaNoise(double done, PublishedEpochs published) {
      return published.at(done).colour();
    }
  },
  /** The decay for LARS: the square of the remaining share of the training. */
  POLY {
    @Override
    LearningRates factors(double done, int plateaus, PublishedEpochs published) {
      double factor = (1 - done) * (1 - done);
      return new LearningRates(factor, factor);
    }

    @Override
    boolean fallsWithEachStep() {
      return true;
    }
  },
  /**
   * The paper's rule (section 5): a tenth, three times, each time the validation error has stopped
   * improving; that of the biases once, with the first.
   */
  PLATEAU {
    @Override
    LearningRates factors(double done, int plateaus, PublishedEpochs published) {
      int drops = Math.min(plateaus, 3);
      return dropped(drops, Math.min(drops, 1));
    }
  };

  /**
   * The factors of the initial rates.
   *
   * @param done the share of the training that is done, 0 to 1
   * @param plateaus how often the validation error has stopped improving
   * @param published the changes by hand in the published training of the network
   */
  abstract LearningRates factors(double done, int plateaus, PublishedEpochs published);

  /** Whether colour noise is added to training images at that point of the training. */
  boolean addsPcaNoise(double done, PublishedEpochs published) {
    return true;
  }

  /** Whether the rates change at every step, so that the whole training is one phase. */
  boolean fallsWithEachStep() {
    return false;
  }

  /** Whether the rates of a step depend on the total number of steps. */
  boolean knowsTheEnd() {
    return this == DEXP || this == EPOCHS || this == POLY;
  }

  /** Whether the rates depend on the errors of the validation set. */
  boolean followsValidation() {
    return this == PLATEAU;
  }

  /** The names of the schedules that allow a training to continue beyond its end. */
  static List<String> extensible() {
    return Arrays.stream(values()).filter(s -> !s.knowsTheEnd()).map(SettingType::word).toList();
  }

  private static LearningRates dropped(int weightDrops, int biasDrops) {
    return new LearningRates(Math.pow(10, -weightDrops), Math.pow(10, -biasDrops));
  }

  private static double fall(double done, int steps, double factor) {
    int step = Math.min(steps - 1, (int) (done * steps));
    return Math.pow(factor, -(double) step / (steps - 1));
  }
}
