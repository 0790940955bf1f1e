package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Training and validation share this loss. The expected values of ties are the original program's
 * rule worked out by hand: the number of slots left divided by the number of tied classes.
 */
@Tag("numbers")
class ClassificationLossTest {

  private record Values(double meanLoss, double top1, double top5, List<Float> gradient) {}

  private static Values of(float[][] logits, long... labels) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> fed = tf.constant(StdArrays.ndCopyOf(logits));
      ClassificationLoss loss =
          ClassificationLoss.of(tf, fed, tf.constant(labels), logits[0].length);
      try (Session session = new Session(graph);
          Result result =
              session
                  .runner()
                  .fetch(loss.meanLoss())
                  .fetch(loss.top1())
                  .fetch(loss.top5())
                  .fetch(loss.logitsGradient())
                  .run()) {
        List<Float> gradient = new ArrayList<>();
        ((TFloat32) result.get(3)).scalars().forEach(value -> gradient.add(value.getFloat()));
        return new Values(scalar(result, 0), scalar(result, 1), scalar(result, 2), gradient);
      }
    }
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }

  @Test
  void fractionsCorrect_ofADeadNetwork_areThoseOfGuessing() {
    Values values = of(new float[2][20], 3, 17);
    assertThat(values.top1()).isCloseTo(2 / 20.0, within(1e-6));
    assertThat(values.top5()).isCloseTo(2 * 5 / 20.0, within(1e-6));
    assertThat(values.meanLoss()).isCloseTo(Math.log(20), within(1e-6));
  }

  @Test
  void fractionsCorrect_ofTies_areSlotsLeftDividedByTiedClasses() {
    float[] tiedAcrossTheFifth = {9, 8, 7, 5, 5, 5, 5, 1, 0};
    float[] tiedWithinTheFive = {9, 8, 8, 8, 5, 4, 4, 1, 0};
    float[] tiedFirst = {9, 9, 9, 1, 1, 1, 1, 1, 0};
    // Three classes come before the four that tie, so two slots are left for them.
    assertFractionsCorrect(tiedAcrossTheFifth, 4, 0, 2 / 4.0);
    assertFractionsCorrect(tiedWithinTheFive, 2, 0, 1);
    assertFractionsCorrect(tiedWithinTheFive, 5, 0, 0);
    assertFractionsCorrect(tiedFirst, 1, 1 / 3.0, 1);
    assertFractionsCorrect(tiedFirst, 4, 0, 2 / 5.0);
    assertFractionsCorrect(tiedFirst, 8, 0, 0);
  }

  private static void assertFractionsCorrect(float[] logits, int label, double top1, double top5) {
    Values values = of(new float[][] {logits}, label);
    assertThat(values.top1()).isCloseTo(top1, within(1e-6));
    assertThat(values.top5()).isCloseTo(top5, within(1e-6));
  }

  @Test
  void fractionsCorrect_ofFewerClassesThanFive_areAllWithinTheFive() {
    assertFractionsCorrect(new float[] {1, 1, 1}, 2, 1 / 3.0, 1);
  }

  /** Comparisons with NaN are always false. */
  @Test
  void fractionsCorrect_ofNaN_areZero() {
    assertFractionsCorrect(new float[] {Float.NaN, Float.NaN, Float.NaN}, 1, 0, 0);
  }

  /** Compares with the formula in double precision, and with its difference quotients. */
  @Test
  void meanLossAndGradient_ofABatch_areThoseOfTheFormula() {
    float[][] logits = {{1.5f, -0.5f, 0.25f, 3}, {-100, 2, 90, 0}, {0.1f, 0.2f, 0.3f, 0.4f}};
    int[] labels = {0, 2, 3};
    Values values = of(logits, 0, 2, 3);
    double[][] exact = new double[3][];
    for (int row = 0; row < 3; row++) {
      exact[row] = new double[] {logits[row][0], logits[row][1], logits[row][2], logits[row][3]};
    }
    assertThat(values.meanLoss()).isCloseTo(meanLoss(exact, labels), within(1e-6));
    double step = 1e-5;
    for (int i = 0; i < 12; i++) {
      double value = exact[i / 4][i % 4];
      exact[i / 4][i % 4] = value + step;
      double above = meanLoss(exact, labels);
      exact[i / 4][i % 4] = value - step;
      double below = meanLoss(exact, labels);
      exact[i / 4][i % 4] = value;
      assertThat((double) values.gradient().get(i))
          .isCloseTo((above - below) / (2 * step), within(1e-6));
    }
  }

  private static double meanLoss(double[][] logits, int[] labels) {
    double sum = 0;
    for (int row = 0; row < logits.length; row++) {
      double largest = Arrays.stream(logits[row]).max().orElseThrow();
      double total = Arrays.stream(logits[row]).map(value -> Math.exp(value - largest)).sum();
      sum += Math.log(total) + largest - logits[row][labels[row]];
    }
    return sum / logits.length;
  }
}
