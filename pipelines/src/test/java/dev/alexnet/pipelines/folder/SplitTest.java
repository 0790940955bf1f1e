package dev.alexnet.pipelines.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  @ParameterizedTest
  @CsvSource({
    "train,TRAIN",
    "Train,TRAIN",
    "TRAINING,TRAIN",
    "tr,TRAIN",
    "training_set,TRAIN",
    "train-images,TRAIN",
    "train2017,TRAIN",
    "val,VALIDATION",
    "Val,VALIDATION",
    "valid,VALIDATION",
    "Validation,VALIDATION",
    "dev,VALIDATION",
    "valset,VALIDATION",
    "val_256,VALIDATION",
    "test,TEST",
    "Testing,TEST",
    "test1,TEST",
    "test data,TEST",
  })
  void of_usualNamesInAnyCase_areThatSplit(String name, Split split) {
    assertThat(Split.of(name)).hasValue(split);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trains",
        "trainer",
        "validity",
        "valley",
        "tests",
        "testbed",
        "n01440764",
        "images",
        "set",
        "1",
        "",
        "test_of_time",
        "protest"
      })
  void of_otherNames_isEmpty(String name) {
    assertThat(Split.of(name)).isEmpty();
  }
}
