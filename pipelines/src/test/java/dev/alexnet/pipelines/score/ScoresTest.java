package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.score.statistics.FoundWeights;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code scores.json}, which others read: its parts lie flat, in this order. */
class ScoresTest {
  private static final Interval FIRST = new Interval(0.1, 0.4);
  private static final Interval FIFTH = new Interval(0.0, 0.3);

  private static final Scores FULL =
      new Scores(
          3,
          new ImageCounts(10, 7, 2, 1, 4, 3, 5),
          new ErrorRates(
              0.25,
              0.125,
              FIRST,
              FIFTH,
              List.of(new ErrorWithin(1, 0.25, FIRST), new ErrorWithin(5, 0.125, FIFTH)),
              null),
          new InferenceMode(10, 128, "gpu:0,gpu:1"),
          new ScoredInputs(
              "datasets/validation",
              "ab12",
              "first, second",
              "cd34",
              List.of(
                  new ScoredModel("first", "ef56", 0.75, "alexnet", 90000, "0a"),
                  new ScoredModel("second", "0b", 0.25, "mini", 20, "0a")),
              null),
          new FoundWeights(List.of(0.75, 0.25), 0.2, 0.1),
          List.of(new Shard("predictions.jsonl", 10, 1234, 99)),
          List.of(new Shard("probabilities-00000-of-00001.npy", 10, 528, 98)),
          List.of("a reason"),
          List.of("a warning"));

  private static final Scores UNSCORED =
      new Scores(
          3,
          new ImageCounts(2, 0, 2, 0, 0, 0, 1),
          new ErrorRates(null, null, null, null, List.of(new ErrorWithin(1, null, null)), null),
          new InferenceMode(1, 16, "auto"),
          new ScoredInputs("d", "h", "m", "k", List.of(), null),
          null,
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static final String FULL_FILE =
      """
      {
        "schema_version" : 3,
        "images" : 10,
        "scored" : 7,
        "unlabelled" : 2,
        "undecodable" : 1,
        "rejected" : 4,
        "tied" : 3,
        "classes" : 5,
        "top1_error" : 0.25,
        "top5_error" : 0.125,
        "top1_interval" : {
          "low" : 0.1,
          "high" : 0.4
        },
        "top5_interval" : {
          "low" : 0.0,
          "high" : 0.3
        },
        "errors" : [ {
          "guesses" : 1,
          "error" : 0.25,
          "interval" : {
            "low" : 0.1,
            "high" : 0.4
          }
        }, {
          "guesses" : 5,
          "error" : 0.125,
          "interval" : {
            "low" : 0.0,
            "high" : 0.3
          }
        } ],
        "views" : 10,
        "batch" : 128,
        "devices" : "gpu:0,gpu:1",
        "dataset" : "datasets/validation",
        "dataset_hash" : "ab12",
        "model" : "first, second",
        "model_hash" : "cd34",
        "models" : [ {
          "directory" : "first",
          "hash" : "ef56",
          "weight" : 0.75,
          "preset" : "alexnet",
          "steps" : 90000,
          "dataset_hash" : "0a"
        }, {
          "directory" : "second",
          "hash" : "0b",
          "weight" : 0.25,
          "preset" : "mini",
          "steps" : 20,
          "dataset_hash" : "0a"
        } ],
        "found_weights" : {
          "weights" : [ 0.75, 0.25 ],
          "top1_error" : 0.2,
          "top5_error" : 0.1
        },
        "predictions" : [ {
          "name" : "predictions.jsonl",
          "records" : 10,
          "bytes" : 1234,
          "crc32c" : 99
        } ],
        "probabilities" : [ {
          "name" : "probabilities-00000-of-00001.npy",
          "records" : 10,
          "bytes" : 528,
          "crc32c" : 98
        } ],
        "replaced_operations" : [ "a reason" ],
        "warnings" : [ "a warning" ]
      }
      """;

  private static final String UNSCORED_FILE =
      """
      {
        "schema_version" : 3,
        "images" : 2,
        "scored" : 0,
        "unlabelled" : 2,
        "undecodable" : 0,
        "rejected" : 0,
        "tied" : 0,
        "classes" : 1,
        "top1_error" : null,
        "top5_error" : null,
        "top1_interval" : null,
        "top5_interval" : null,
        "errors" : [ {
          "guesses" : 1,
          "error" : null,
          "interval" : null
        } ],
        "views" : 1,
        "batch" : 16,
        "devices" : "auto",
        "dataset" : "d",
        "dataset_hash" : "h",
        "model" : "m",
        "model_hash" : "k",
        "models" : [ ],
        "found_weights" : null,
        "predictions" : [ ],
        "replaced_operations" : [ ],
        "warnings" : [ ]
      }
      """;

  private static Scores read(String file) {
    return Json.read(file.getBytes(StandardCharsets.UTF_8), Scores.class, "scores.json");
  }

  @Test
  void document_scores_lieFlatInTheirOrder() {
    assertThat(new String(Json.document(FULL), StandardCharsets.UTF_8)).isEqualTo(FULL_FILE);
    assertThat(new String(Json.document(UNSCORED), StandardCharsets.UTF_8))
        .isEqualTo(UNSCORED_FILE);
  }

  @Test
  void read_whatWasWritten_isTheSame() {
    assertThat(read(FULL_FILE)).isEqualTo(FULL);
    assertThat(read(UNSCORED_FILE)).isEqualTo(UNSCORED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"images\" : 10, | | the key 'images' is missing",
        "\"predictions\" | \"rows\" | the key 'predictions' is missing",
        "\"tied\" : 3 | \"tied\" : 3, \"ties\" : 4 | the key 'ties' is unknown",
        "\"scored\" : 7 | \"scored\" : 6 | do not add up to the 10 images",
        "\"top1_error\" : 0.25 | \"top1_error\" : null | top1_error null and top5_error 0.125",
        "\"views\" : 10 | \"views\" : \"10\" | the key 'views' must have a whole number",
        "\"views\" : 10 | \"views\" : 10, \"views\" : 10 | the key 'views' is there twice"
      })
  void read_changedFile_isRefused(String written, String changed, String problem) {
    String file = FULL_FILE.replace(written, changed == null ? "" : changed);
    assertThat(file).isNotEqualTo(FULL_FILE);

    assertThatFailure(() -> read(file))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith("scores.json is not what was expected: ")
        .hasMessageContaining(problem);
  }
}
