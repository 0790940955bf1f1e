package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The computed values are compared with NumPy in {@link PixelSumsTest}. */
class ColourStatisticsTest {
  private static final List<Double> ROW = List.of(1.0, 2.0, 3.0);
  private static final List<List<Double>> MATRIX = List.of(ROW, ROW, ROW);

  @Test
  void principalColours_eigenvectors_areAsLongAsTheDeviation() {
    List<List<Double>> identity =
        List.of(List.of(0.0, 1.0, 0.0), List.of(1.0, 0.0, 0.0), List.of(0.0, 0.0, 1.0));

    ColourStatistics statistics =
        new ColourStatistics(1, ROW, MATRIX, List.of(9.0, 4.0, 0.25), identity);
    assertThat(statistics.principalColours())
        .isDeepEqualTo(new float[][] {{0, 3, 0}, {2, 0, 0}, {0, 0, 0.5f}});
  }

  @Test
  void new_wrongShapes_namesThemAll() {
    assertThatFailure(
            () -> new ColourStatistics(0, null, List.of(ROW), List.of(1.0), List.of(ROW, ROW)))
        .hasMessage(
            """
            colour statistics: 5 problems:
              images is 0; it must be at least 1
              meanColour does not have 3 values
              covariance is not 3 × 3
              eigenvalues does not have 3 values
              eigenvectors is not 3 × 3""");
  }

  @Test
  void new_valuesThatNoColoursHave_areRefused() {
    assertThatThrownBy(() -> new ColourStatistics(1, ROW, MATRIX, List.of(1.0, 0.0, -1.0), MATRIX))
        .hasMessage("colour statistics: eigenvalues are [1.0, 0.0, -1.0]; none may be negative");
    assertThatThrownBy(
            () -> new ColourStatistics(1, List.of(1.0, Double.NaN, 1.0), MATRIX, ROW, MATRIX))
        .hasMessage("colour statistics: a value is not finite");
  }
}
