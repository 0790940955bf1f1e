package dev.alexnet.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Numbers that a golden script wrote as JSON. */
public final class GoldenNumbers {
  private GoldenNumbers() {}

  /** A resource in the package of a test. */
  public static JsonNode read(Class<?> test, String name) throws IOException {
    try (InputStream stream = test.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(stream);
    }
  }

  /** The numbers of an array, or of arrays in arrays, in their order. */
  public static double[] of(JsonNode node) {
    List<Double> values = new ArrayList<>();
    node.forEach(
        child -> {
          if (child.isArray()) {
            child.forEach(value -> values.add(value.asDouble()));
          } else {
            values.add(child.asDouble());
          }
        });
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Compares norms and projections, because the script only stores those of large arrays.
   *
   * @param tolerance relative to the norm
   */
  public static void assertAgrees(
      String name, float[] actual, JsonNode golden, GoldenDraws draws, double tolerance) {
    double squares = 0;
    for (float value : actual) {
      squares += (double) value * value;
    }
    double norm = golden.get("norm").asDouble();
    assertThat(Math.sqrt(squares)).as(name).isCloseTo(norm, within(tolerance * norm));
    double[] projections = of(golden.get("projections"));
    assertThat(projections).as(name).hasSize(2);
    for (int which = 0; which < projections.length; which++) {
      assertThat(draws.projection(actual, which))
          .as(name)
          .isCloseTo(projections[which], within(tolerance * norm));
    }
  }
}
