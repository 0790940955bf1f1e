package dev.alexnet.model.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

  @Test
  void parse_ofAllOperations_givesThemInOrderAndBack() {
    Augmentation augmentation = Augmentation.parse(" random_crop( 48 )|flip |colour(0.10)");
    assertThat(augmentation.operations())
        .containsExactly(
            new Operation.RandomCrop(48), new Operation.Flip(), new Operation.Colour(0.1));
    assertThat(augmentation).hasToString("random_crop(48) | flip | colour(0.1)");
    assertThat(Augmentation.parse(augmentation.toString())).isEqualTo(augmentation);
    assertThat(augmentation.outputSize(56)).isEqualTo(48);
    assertThat(augmentation.hasColour()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "random_crap(48); did you mean 'random_crop'?",
        "random_crop; it takes a whole number",
        "random_crop(4.5); it takes a whole number",
        "random_crop(0); it takes a whole number",
        "flip(1); flip takes no value",
        "colour(NaN); it takes a number",
        "colour(-1); it takes a number",
        "flip || flip; write an operation",
        "flip | flip; occurs twice"
      })
  void parse_ofSomethingWrong_saysWhat(String text, String expected) {
    assertThatThrownBy(() -> Augmentation.parse(text))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.USAGE))
        .hasMessageContaining(expected.trim());
  }

  @Test
  void outputSize_ofACropLargerThanTheImage_isRefused() {
    assertThatThrownBy(() -> Augmentation.parse("random_crop(57)").outputSize(56))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the images are 56 pixels wide");
  }
}
