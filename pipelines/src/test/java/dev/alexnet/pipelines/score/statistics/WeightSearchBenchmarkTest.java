package dev.alexnet.pipelines.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The search for the weights of five models on as many images and classes as ILSVRC's validation
 * set has. What the models say is drawn: logits of which each model has a part of its own and one
 * that all share, so that they are wrong together about as often as networks are.
 *
 * <pre>mvn -pl pipelines -am test -Dtest=WeightSearchBenchmarkTest -Dgroups=benchmark \
 *     -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xmx2g -XX:TieredStopAtLevel=1"</pre>
 */
@Tag("benchmark")
class WeightSearchBenchmarkTest {
  private static final int MODELS = 5;
  private static final int IMAGES = 50_000;
  private static final int CLASSES = 1000;
  private static final double SKILL = 6.5;
  private static final double MOST_SECONDS = 60;

  @Test
  void find_fiveModelsOfAWholeValidationSet_isDoneInAMinute() {
    Random random = new Random(1);
    List<RankCandidates> images = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      int label = image % CLASSES;
      images.add(RankCandidates.of(drawn(random, label), 0, label));
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long held = runtime.totalMemory() - runtime.freeMemory();

    long start = System.nanoTime();
    FoundWeights found = new WeightSearch(images, MODELS).find();
    double seconds = (System.nanoTime() - start) / 1e9;

    System.out.printf(
        Locale.ROOT,
        "weights of %d models, %,d images, %,d classes: %.1f s, %,d MiB held, %s%n",
        MODELS,
        IMAGES,
        CLASSES,
        seconds,
        held >> 20,
        found);
    assertThat(found.weights()).hasSize(MODELS);
    // As wrong as networks of 2012 were, or the images would need no second look.
    assertThat(found.top5Error()).isBetween(0.05, 0.4);
    assertThat(seconds).isLessThan(MOST_SECONDS);
  }

  private static List<float[][]> drawn(Random random, int label) {
    float[] shared = new float[CLASSES];
    double hard = random.nextGaussian();
    for (int other = 0; other < CLASSES; other++) {
      shared[other] = (float) (1.5 * random.nextGaussian());
    }
    List<float[][]> each = new ArrayList<>();
    for (int model = 0; model < MODELS; model++) {
      double[] exponentials = new double[CLASSES];
      double sum = 0;
      for (int other = 0; other < CLASSES; other++) {
        double own = random.nextFloat() + random.nextFloat() + random.nextFloat() - 1.5;
        double right = other == label ? SKILL + 0.1 * model + 1.5 * hard : 0;
        exponentials[other] = Math.exp(shared[other] + own + right);
        sum += exponentials[other];
      }
      float[] probabilities = new float[CLASSES];
      for (int other = 0; other < CLASSES; other++) {
        probabilities[other] = (float) (exponentials[other] / sum);
      }
      each.add(new float[][] {probabilities});
    }
    return each;
  }
}
