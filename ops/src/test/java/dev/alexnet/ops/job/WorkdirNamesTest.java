package dev.alexnet.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkdirNamesTest {
  private final WorkdirNames names = new WorkdirNames(new Location("runs/a"));

  @Test
  void inText_placesInTheDirectory_areRelative() {
    assertThat(names.inText("a model at runs/a/training/model, scored in runs/a/scores"))
        .isEqualTo("a model at training/model, scored in scores");
  }

  @Test
  void inText_otherPlaces_stay() {
    String text = "/old/runs/a/x, other-runs/a/x, runs/ab/x and runs/a";
    assertThat(names.inText(text)).isEqualTo(text);
  }

  @Test
  void inFacts_placesAtAnyDepth_areRelative() {
    assertThat(
            names.inFacts(
                Map.of(
                    "output",
                    "runs/a/scores",
                    "count",
                    3,
                    "inputs",
                    Map.of("models", List.of("runs/a/training/model", "runs/b/model")))))
        .isEqualTo(
            Map.of(
                "output",
                "scores",
                "count",
                3,
                "inputs",
                Map.of("models", List.of("training/model", "runs/b/model"))));
  }
}
