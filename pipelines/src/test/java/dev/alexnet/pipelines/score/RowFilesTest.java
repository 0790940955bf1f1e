package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowFilesTest {

  @Test
  void isOfRows_namesOfRows_areKnown() {
    assertThat(RowFiles.isOfRows("predictions.jsonl")).isTrue();
    assertThat(RowFiles.isOfRows("predictions-00003-of-00128.jsonl")).isTrue();
    assertThat(RowFiles.isOfRows("predictions-100003-of-100128.jsonl")).isTrue();
  }

  @Test
  void isOfRows_namesThatOthersGave_areLeftAlone() {
    assertThat(RowFiles.isOfRows("predictions-of-may.jsonl")).isFalse();
    assertThat(RowFiles.isOfRows("predictions-00003-of-00128.jsonl.bak")).isFalse();
    assertThat(RowFiles.isOfRows("predictions-2024.csv")).isFalse();
  }
}
