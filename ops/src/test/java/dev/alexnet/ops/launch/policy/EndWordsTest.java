package dev.alexnet.ops.launch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUCCEEDED|0|succeeded",
        "NOT_SUBMITTED||not submitted",
        "PREEMPTED|50001|preempted",
        "RETRYABLE|75|stopped, exit 75",
        "RETRYABLE|50002|machine failed, exit 50002",
        "NO_CAPACITY||no machine",
        "QUOTA||no quota",
        "IMAGE_MISSING|125|no image",
        "PERMISSION|77|no permission",
        "DIVERGED|79|diverged",
        "SETTINGS|78|failed, exit 78",
        "PROGRAM_FAILED|70|failed, exit 70",
        "TIME_LIMIT|50005|time limit",
        "CANCELLED||cancelled",
        "FAILED_WITHOUT_TASKS||failed before it ran",
        "UNKNOWN|1|failed, exit 1",
        "UNKNOWN|137|exit 137: out of memory",
        "UNKNOWN||failed",
      })
  void of_end_isAFewPlainWords(EndCause cause, Integer code, String words) {
    assertThat(EndWords.of(new AttemptEnd(cause, code, "whatever"))).isEqualTo(words);
  }
}
