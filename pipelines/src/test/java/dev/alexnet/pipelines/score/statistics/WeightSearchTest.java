package dev.alexnet.pipelines.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightSearchTest {
  private static final int CLASSES = 40;

  /** Each model knows something of its own; the last one nearly nothing. */
  private static List<float[][]> drawn(int models, int[] labels, long seed) {
    Random random = new Random(seed);
    List<float[][]> each = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      float[][] ofModel = new float[labels.length][CLASSES];
      double skill = model == models - 1 ? 0.1 : 1.2 + 0.3 * model;
      for (int image = 0; image < labels.length; image++) {
        double sum = 0;
        double[] exponentials = new double[CLASSES];
        for (int label = 0; label < CLASSES; label++) {
          double logit = random.nextGaussian() + (label == labels[image] ? skill : 0);
          exponentials[label] = Math.exp(logit);
          sum += exponentials[label];
        }
        for (int label = 0; label < CLASSES; label++) {
          ofModel[image][label] = (float) (exponentials[label] / sum);
        }
      }
      each.add(ofModel);
    }
    return each;
  }

  private static int[] labels(int images) {
    int[] labels = new int[images];
    for (int image = 0; image < images; image++) {
      labels[image] = image * 7 % CLASSES;
    }
    return labels;
  }

  private static List<RankCandidates> candidates(List<float[][]> each, int[] labels) {
    List<RankCandidates> images = new ArrayList<>();
    for (int image = 0; image < labels.length; image++) {
      images.add(RankCandidates.of(each, image, labels[image]));
    }
    return images;
  }

  /** Images that are wrong within k guesses, over all classes; without ties, as drawn. */
  private static int wrong(List<float[][]> each, int[] labels, double[] weights, int k) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    int wrong = 0;
    for (int image = 0; image < labels.length; image++) {
      float[] mean = new float[CLASSES];
      for (int label = 0; label < CLASSES; label++) {
        double total = 0;
        for (int model = 0; model < weights.length; model++) {
          total += weights[model] / sum * each.get(model)[image][label];
        }
        mean[label] = (float) total;
      }
      int before = 0;
      for (float other : mean) {
        before += other > mean[labels[image]] ? 1 : 0;
      }
      wrong += before >= k ? 1 : 0;
    }
    return wrong;
  }

  /** The search in plain loops over all classes of all images, in hundredths. */
  private static int[] plainSearch(List<float[][]> each, int[] labels) {
    int[] hundredths = new int[each.size()];
    Arrays.fill(hundredths, 50);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int model = 0; model < hundredths.length; model++) {
        int best = hundredths[model];
        long least = loss(each, labels, hundredths);
        for (int value = 0; value <= 100; value += 5) {
          hundredths[model] = value;
          if (Arrays.stream(hundredths).sum() > 0) {
            long loss = loss(each, labels, hundredths);
            if (loss < least) {
              least = loss;
              best = value;
              changed = true;
            }
          }
        }
        hundredths[model] = best;
      }
    }
    return hundredths;
  }

  private static long loss(List<float[][]> each, int[] labels, int[] hundredths) {
    double[] weights = new double[hundredths.length];
    for (int model = 0; model < weights.length; model++) {
      weights[model] = hundredths[model] / 100.0;
    }
    return 1_000_000L * wrong(each, labels, weights, 5) + wrong(each, labels, weights, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void find_ofThreeModels_findsWhatPlainLoopsFind(long seed) {
    int[] labels = labels(300);
    List<float[][]> each = drawn(3, labels, seed);
    int[] expected = plainSearch(each, labels);

    FoundWeights found = new WeightSearch(candidates(each, labels), 3).find();

    double[] weights = found.weights().stream().mapToDouble(Double::doubleValue).toArray();
    for (int model = 0; model < 3; model++) {
      assertThat(weights[model]).isEqualTo(expected[model] / 100.0);
    }
    assertThat(found.top5Error()).isCloseTo(wrong(each, labels, weights, 5) / 300.0, within(1e-12));
    assertThat(found.top1Error()).isCloseTo(wrong(each, labels, weights, 1) / 300.0, within(1e-12));
    assertThat(found.top5Error())
        .isLessThan(wrong(each, labels, new double[] {0.5, 0.5, 0.5}, 5) / 300.0);
  }

  @Test
  void find_ofTheSameImagesInAnotherOrder_findsTheSame() {
    int[] labels = labels(300);
    List<RankCandidates> images = candidates(drawn(4, labels, 9), labels);
    FoundWeights found = new WeightSearch(images, 4).find();
    Collections.shuffle(images, new Random(5));
    assertThat(new WeightSearch(images, 4).find()).isEqualTo(found);
  }

  /** Two models that say the same: nothing is better than the mean, so nothing is changed. */
  @Test
  void find_allWeightsEqual_staysAtTheMean() {
    int[] labels = labels(50);
    float[][] one = drawn(2, labels, 3).get(0);
    FoundWeights found = new WeightSearch(candidates(List.of(one, one), labels), 2).find();
    assertThat(found.weights()).containsExactly(0.5, 0.5);
  }

  /** By the first the class is the last; even 0.05 of it puts six classes before the image's. */
  @Test
  void find_oneModelMisleads_leavesItOut() {
    float[][] wrong = {{0, 0.1f, 0.2f, 0.15f, 0.15f, 0.2f, 0.2f}};
    float[][] right = {{0.11f, 0.2f, 0.1f, 0.1f, 0.1f, 0.29f, 0.1f}};
    FoundWeights found =
        new WeightSearch(candidates(List.of(wrong, right), new int[] {0}), 2).find();
    assertThat(found.top5Error()).isZero();
    assertThat(found.weights()).containsExactly(0.0, 0.5);
  }

  @Test
  void candidates_ofAClassThatEveryModelPrefers_areNone() throws IOException {
    float[][] one = {{0.7f, 0.2f, 0.1f}};
    float[][] other = {{0.5f, 0.1f, 0.4f}};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream stream = new DataOutputStream(bytes);
    RankCandidates.of(List.of(one, other), 0, 0).write(stream);
    RankCandidates.of(List.of(one, other), 0, 1).write(stream);
    RankCandidates.writeEnd(stream);
    // A count, and a float of each model and class: 1 class, then all 3; then the mark of the end.
    assertThat(bytes.size()).isEqualTo(4 + 2 * 4 + 4 + 2 * 3 * 4 + 4);

    List<RankCandidates> read =
        RankCandidates.readAll(
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 2);

    double[] shares = {0.5, 0.5};
    assertThat(read.stream().map(image -> image.rank(shares)))
        .containsExactly(new Rank(0, 1), new Rank(2, 1));
    assertThat(read.get(1).rank(new double[] {1, 0})).isEqualTo(new Rank(1, 1));
  }

  /** Rounded to a float, 0.3 and what is a little less are the same: they tie, and must be kept. */
  @Test
  void candidates_thatRoundToTheSame_tie() {
    float[][] one = {{0.3f, Math.nextDown(0.3f)}};
    assertThat(RankCandidates.of(List.of(one, one), 0, 0).rank(new double[] {0.5, 0.5}))
        .isEqualTo(new Rank(0, 1));
    float[][] zero = {{0, 0}};
    assertThat(RankCandidates.of(List.of(zero, one), 0, 0).rank(new double[] {1, 0}))
        .isEqualTo(new Rank(0, 2));
  }
}
