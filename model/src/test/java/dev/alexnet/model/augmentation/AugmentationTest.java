package dev.alexnet.model.augmentation;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {

  @Test
  void parse_ofAllThatDraw_givesThemInOrderAndBack() {
    Augmentation augmentation =
        Augmentation.parse(" resize_small (64)| random_crop( 48 )|flip |colour(0.10)");
    assertThat(augmentation.operations())
        .containsExactly(
            new Operation.ResizeSmall(64),
            new Operation.RandomCrop(48),
            new Operation.Flip(),
            new Operation.Colour(0.1));
    assertThat(augmentation).hasToString("resize_small(64) | random_crop(48) | flip | colour(0.1)");
    assertThat(Augmentation.parse(augmentation.toString())).isEqualTo(augmentation);
    assertThat(augmentation.outputSize(56)).isEqualTo(48);
    assertThat(augmentation.hasColour()).isTrue();
    assertThat(augmentation.defaultCopies()).isEqualTo(1);
  }

  @Test
  void parse_ofTenViews_fixesTheCopies() {
    Augmentation augmentation =
        Augmentation.parse("resize_small(256) | centre_crop(240) | ten_views(224)");
    assertThat(augmentation.operations())
        .containsExactly(
            new Operation.ResizeSmall(256),
            new Operation.CentreCrop(240),
            new Operation.TenViews(224));
    assertThat(augmentation.outputSize(300)).isEqualTo(224);
    assertThat(augmentation.defaultCopies()).isEqualTo(10);
    assertThat(augmentation.hasColour()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour(10)", "colour(0.000000001)", "colour(1)", "random_crop(4096)"})
  void toString_ofACanonicalText_isTheText(String text) {
    assertThat(Augmentation.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "random_crap(48); at 1: 'random_crap' is not an operation; did you mean 'random_crop'?",
        "Flip; at 1: 'Flip' is not an operation; did you mean 'flip'?",
        "flip | color(0.1); at 8: 'color' is not an operation; did you mean 'colour'?",
        "flip | center_crop(8); at 8: 'center_crop' is not an operation; did you mean "
            + "'centre_crop'?",
        "rotate(90); known are resize_small, random_crop, centre_crop, ten_views, flip, colour",
        "random_crop(48; at 1: 'random_crop(48' is not of the form name or name(value)",
        "random_crop 48; at 1: 'random_crop 48' is not of the form name or name(value)",
        "flip flip; at 1: 'flip flip' is not of the form name or name(value)",
        "random_crop; at 1: random_crop takes a whole number of pixels from 1 to 4096, as in"
            + " random_crop(224)",
        "flip | random_crop(4.5); at 20: random_crop takes a whole number of pixels from 1 to 4096,"
            + " as in random_crop(224), not '4.5'",
        "centre_crop(0); at 13: centre_crop takes a whole number",
        "ten_views(-8); at 11: ten_views takes a whole number",
        "resize_small(4097); at 14: resize_small takes a whole number",
        "random_crop(048); not '048'",
        "random_crop(); at 13: random_crop takes a whole number",
        "flip(1); at 5: flip takes no value",
        "flip(); at 5: flip takes no value",
        "colour; at 1: colour takes a number above 0 and up to 10, as in colour(0.1)",
        "colour(NaN); at 8: colour takes a number above 0 and up to 10, as in colour(0.1),"
            + " not 'NaN'",
        "colour(1e-1); not '1e-1'",
        "colour(-1); not '-1'",
        "colour(0); not '0'",
        "colour(10.5); not '10.5'",
        "flip || colour(1); at 7: an operation is missing",
        "flip |; at 7: an operation is missing",
        "''; at 1: an operation is missing",
        "flip | colour(1) | flip; at 20: flip occurs twice",
        "random_crop(48) | centre_crop(49); at 19: centre_crop(49) is larger than the 48 pixels"
            + " that random_crop(48) leaves; crop less",
        "resize_small(200) | flip | ten_views(224); at 28: ten_views(224) is larger than the 200"
            + " pixels that resize_small(200) leaves",
        "ten_views(48) | colour(0.1); at 1: ten_views(48) makes ten records of an image, so nothing"
            + " may follow it; it follows colour(0.1)",
        "flip | ten_views(48); at 1: flip would draw again for each of the ten views; only"
            + " resize_small and centre_crop may stand before ten_views"
      })
  void parse_ofSomethingWrong_saysWhatAndWhere(String text, String expected) {
    assertThatFailure(() -> Augmentation.parse(text))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(expected);
  }

  @Test
  void parse_ofSeveralMistakes_namesThemAll() {
    assertThatThrownBy(() -> Augmentation.parse("random_crop(224) | flpi | colour"))
        .hasMessage(
            """
            operations 'random_crop(224) | flpi | colour': 2 problems:
              at 20: 'flpi' is not an operation; did you mean 'flip'?
              at 27: colour takes a number above 0 and up to 10, as in colour(0.1)""");
  }

  @Test
  void new_ofOperationsThatContradictEachOther_isRefused() {
    assertThatFailure(
            () -> new Augmentation(List.of(new Operation.Flip(), new Operation.TenViews(48))))
        .hasMessageStartingWith("operations 'flip | ten_views(48)': flip would draw again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"random_crop(57)", "flip | centre_crop(57)", "ten_views(57)"})
  void outputSize_ofACropLargerThanTheImage_isRefused(String text) {
    assertThatFailure(() -> Augmentation.parse(text).outputSize(56))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("is larger than the images, which are 56 pixels wide; crop less");
  }
}
