package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowFilesTest {

  @Test
  void isOfScores_namesOfRows_areKnown() {
    assertThat(RowFiles.isOfScores("predictions.jsonl")).isTrue();
    assertThat(RowFiles.isOfScores("predictions-00003-of-00128.jsonl")).isTrue();
    assertThat(RowFiles.isOfScores("predictions-100003-of-100128.jsonl")).isTrue();
  }

  @Test
  void isOfScores_namesThatOthersGave_areLeftAlone() {
    assertThat(RowFiles.isOfScores("predictions-of-may.jsonl")).isFalse();
    assertThat(RowFiles.isOfScores("predictions-00003-of-00128.jsonl.bak")).isFalse();
    assertThat(RowFiles.isOfScores("predictions-2024.csv")).isFalse();
  }
}
