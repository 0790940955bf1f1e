package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The colours of a training set, as the colour noise needs them (paper, section 4.1; standard
 * deviations are the square roots of the eigenvalues, on values of 0 to 255).
 *
 * @param images how many images were counted
 * @param meanColour mean of R, G and B
 * @param covariance of R, G and B, 3 × 3
 * @param eigenvalues of the covariance, the largest first
 * @param eigenvectors one per row, in the order of the eigenvalues; the component that is largest
 *     by absolute value is positive
 */
public record ColourStatistics(
    long images,
    List<Double> meanColour,
    List<List<Double>> covariance,
    List<Double> eigenvalues,
    List<List<Double>> eigenvectors) {

  public ColourStatistics {
    new Problems("colour statistics")
        .require(images > 0, "images is %s; it must be at least 1", images)
        .require(meanColour != null && meanColour.size() == 3, "meanColour does not have 3 values")
        .require(isSquare(covariance), "covariance is not 3 × 3")
        .require(
            eigenvalues != null && eigenvalues.size() == 3, "eigenvalues does not have 3 values")
        .require(isSquare(eigenvectors), "eigenvectors is not 3 × 3")
        .throwIfAny();
    new Problems("colour statistics")
        .require(
            Stream.of(List.of(meanColour, eigenvalues), covariance, eigenvectors)
                .flatMap(List::stream)
                .flatMap(List::stream)
                .allMatch(value -> value != null && Double.isFinite(value)),
            "a value is not finite")
        .require(
            eigenvalues.stream().allMatch(value -> value != null && value >= 0),
            "eigenvalues are %s; none may be negative",
            eigenvalues)
        .throwIfAny();
    meanColour = List.copyOf(meanColour);
    covariance = covariance.stream().map(List::copyOf).toList();
    eigenvalues = List.copyOf(eigenvalues);
    eigenvectors = eigenvectors.stream().map(List::copyOf).toList();
  }

  static ColourStatistics of(long images, double[] meanColour, double[][] covariance) {
    EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    List<Double> eigenvalues = new ArrayList<>();
    List<List<Double>> eigenvectors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // A constant colour gives a variance that is a rounding error of either sign.
      eigenvalues.add(Math.max(0, decomposition.getRealEigenvalue(i)));
      eigenvectors.add(listOf(withPositiveLargest(decomposition.getEigenvector(i).toArray())));
    }
    return new ColourStatistics(
        images,
        listOf(meanColour),
        List.of(listOf(covariance[0]), listOf(covariance[1]), listOf(covariance[2])),
        eigenvalues,
        eigenvectors);
  }

  /**
   * The three colour directions, each as long as its standard deviation: {@code [3, 3]}, one per
   * row, in RGB. Colour noise adds random multiples of them.
   */
  public float[][] principalColours() {
    float[][] colours = new float[3][3];
    for (int i = 0; i < 3; i++) {
      double deviation = Math.sqrt(eigenvalues.get(i));
      for (int c = 0; c < 3; c++) {
        colours[i][c] = (float) (deviation * eigenvectors.get(i).get(c));
      }
    }
    return colours;
  }

  private static boolean isSquare(List<List<Double>> matrix) {
    return matrix != null
        && matrix.size() == 3
        && matrix.stream().allMatch(row -> row != null && row.size() == 3);
  }

  private static double[] withPositiveLargest(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    double sign = largest < 0 ? -1 : 1;
    return new double[] {sign * vector[0], sign * vector[1], sign * vector[2]};
  }

  private static List<Double> listOf(double[] values) {
    return List.of(values[0], values[1], values[2]);
  }
}
