package dev.alexnet.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedPlaceTest {

  @ParameterizedTest
  @CsvSource({
    "/a/run/training/model, /a/run/scores, training/model",
    "/a/run/training/model, /a/run/scores/first, training/model",
    "runs/x/training/model, runs/x/scores, training/model",
    "gs://bucket/x/training/model, gs://bucket/x/scores, training/model",
    "training/model, scores, training/model",
    // Not near.
    "/data/imagenet, /a/run/scores, /data/imagenet",
    "/data/imagenet, /scores, /data/imagenet",
    "gs://other/x/model, gs://bucket/x/scores, gs://other/x/model",
    "training/model, /a/run/scores, training/model",
    "/a/running/model, /a/run/scores, running/model"
  })
  void of_place_isRelativeIfNear(String place, String record, String recorded) {
    assertThat(RecordedPlace.of(new Location(place), new Location(record))).isEqualTo(recorded);
  }

  @Test
  void candidates_relative_areBesideTheRecordAndThenAsNamed() {
    assertThat(candidates("training/model", "/moved/run/scores"))
        .containsExactly("/moved/run/training/model", "/moved/training/model", "training/model");
    assertThat(candidates("training/model", "scores")).containsExactly("training/model");
  }

  @Test
  void candidates_absoluteOfAnEarlierVersion_areAsNamedAndThenBesideTheRecord() {
    assertThat(candidates("/old/run/training/model", "/moved/run/scores"))
        .startsWith("/old/run/training/model")
        .contains("/moved/run/training/model");
    assertThat(candidates("gs://old/run/training/model", "run/scores"))
        .startsWith("gs://old/run/training/model")
        .contains("run/training/model");
  }

  private static List<String> candidates(String recorded, String record) {
    return RecordedPlace.candidates(recorded, new Location(record)).stream()
        .map(Location::value)
        .toList();
  }
}
