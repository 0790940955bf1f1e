package dev.alexnet.ops.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.io.IOException;
import java.io.InputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against SciPy 1.17: the script is {@code src/test/python/comparison_golden.py}. */
class StatisticsGoldenTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  private static JsonNode golden(String name) throws IOException {
    try (InputStream stream =
        StatisticsGoldenTest.class.getResourceAsStream("statistics_golden.json")) {
      JsonNode values = new ObjectMapper().readTree(stream).get(name);
      assertThat(values).hasSizeGreaterThan(3);
      return values;
    }
  }

  @Test
  void mcNemar_ofAnyDisagreements_agreesWithSciPy() throws IOException {
    for (JsonNode expected : golden("mcnemar")) {
      double actual =
          McNemar.probability(expected.get("first").asLong(), expected.get("second").asLong());
      assertThat(actual).as(expected.toString()).isCloseTo(expected.get("p").asDouble(), CLOSE);
    }
  }

  @Test
  void wilson_ofAnyShare_agreesWithSciPy() throws IOException {
    for (JsonNode expected : golden("wilson")) {
      long images = expected.get("images").asLong();
      Interval actual = Interval.of(expected.get("wrong").asDouble() / images, images);
      assertThat(actual.low()).isCloseTo(expected.get("low").asDouble(), CLOSE);
      assertThat(actual.high()).isCloseTo(expected.get("high").asDouble(), CLOSE);
    }
  }

  @Test
  void pairedDifference_ofAnyCredits_agreesWithSciPy() throws IOException {
    for (JsonNode expected : golden("paired")) {
      PairedDifference.Sum sum = new PairedDifference.Sum();
      expected
          .get("pairs")
          .forEach(pair -> sum.add(pair.get(0).asDouble(), pair.get(1).asDouble()));
      PairedDifference actual = sum.difference();
      assertThat(actual.difference()).isCloseTo(expected.get("difference").asDouble(), CLOSE);
      assertThat(actual.interval().low()).isCloseTo(expected.get("low").asDouble(), CLOSE);
      assertThat(actual.interval().high()).isCloseTo(expected.get("high").asDouble(), CLOSE);
    }
  }

  @Test
  void pairedDifference_ofOneImage_hasNoInterval() {
    PairedDifference.Sum sum = new PairedDifference.Sum();
    sum.add(1, 0);
    assertThat(sum.difference()).isEqualTo(new PairedDifference(1, null, 1, 0, 1));
  }
}
