package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static Labels of(String... wnids) {
    return new Labels(
        Arrays.stream(wnids).map(wnid -> new ClassLabel(wnid, "name of " + wnid)).toList());
  }

  @Test
  void labelOf_unsortedClasses_isThePlaceInSortedOrder() {
    Labels labels = of("n03", "n01", "n02");

    assertThat(labels.size()).isEqualTo(3);
    assertThat(labels.classes()).extracting(ClassLabel::wnid).containsExactly("n01", "n02", "n03");
    assertThat(labels.labelOf("n01")).hasValue(0);
    assertThat(labels.labelOf("n03")).hasValue(2);
    assertThat(labels.classOf(1)).isEqualTo(new ClassLabel("n02", "name of n02"));
  }

  @Test
  void labelOf_unknownWnid_isEmpty() {
    assertThat(of("n01").labelOf("n02")).isEqualTo(OptionalInt.empty());
  }

  @Test
  void new_sameWnidTwice_isBadData() {
    assertThatFailure(() -> of("n02", "n01", "n02"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("The class n02 occurs twice");
  }

  @Test
  void new_sameNameTwice_isAllowed() {
    // ImageNet has two classes called "crane": the bird and the machine.
    Labels labels = new Labels(List.of(new ClassLabel("a", "crane"), new ClassLabel("b", "crane")));

    assertThat(labels.size()).isEqualTo(2);
  }

  @Test
  void new_noClass_isBadData() {
    assertThatFailure(() -> new Labels(List.of()))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("There are no classes");
  }

  @Test
  void new_classWithoutWnidOrName_isRefused() {
    assertThatFailure(() -> new ClassLabel("", " "))
        .hasMessage(
            """
            class : 2 problems:
              its wnid is empty
              its name is empty""");
  }

  @Test
  void differenceFrom_sameWnids_isEmpty() {
    assertThat(of("n01", "n02").differenceFrom(of("n02", "n01"))).isEmpty();
  }

  @Test
  void differenceFrom_otherWnids_namesTheFirstOfEach() {
    assertThat(of("a", "b", "c", "d", "e", "x").differenceFrom(of("x", "y")))
        .isEqualTo(
            "6 classes against 2; only in the first: a, b, c and 2 more; only in the second: y");
    assertThat(of("a").differenceFrom(of("a", "b")))
        .isEqualTo("1 classes against 2; only in the first: none; only in the second: b");
  }

  @Test
  void equals_sameClassesInOtherOrder_isTrue() {
    assertThat(of("a", "b")).isEqualTo(of("b", "a")).hasSameHashCodeAs(of("b", "a"));
    assertThat(of("a", "b")).isNotEqualTo(of("a", "c"));
    assertThat(of("a", "b")).hasToString("2 classes");
  }

  private static Labels numbers(LabelOrder order) {
    return new Labels(
        List.of(
            new ClassLabel("10", "ten"), new ClassLabel("2", "two"), new ClassLabel("1", "one")),
        order);
  }

  @Test
  void new_numberOrder_putsTenAfterTwo() {
    assertThat(numbers(LabelOrder.NUMBER).labelOf("10")).hasValue(2);
    assertThat(numbers(LabelOrder.WNID).labelOf("10")).hasValue(1);
    assertThat(LabelOrder.of(numbers(LabelOrder.WNID).classes())).isEqualTo(LabelOrder.NUMBER);
    assertThat(LabelOrder.of(of("1", "2", "9").classes())).isEqualTo(LabelOrder.WNID);
    assertThat(LabelOrder.of(of("1", "2", "10", "x").classes())).isEqualTo(LabelOrder.WNID);
  }

  @Test
  void stored_eitherOrder_isKept() {
    for (LabelOrder order : LabelOrder.values()) {
      Labels labels = numbers(order);

      assertThat(Labels.stored(labels.classes())).isEqualTo(labels);
      assertThat(Labels.stored(labels.classes()).order()).isEqualTo(order);
    }
  }

  @Test
  void differenceFrom_sameClassesInAnotherOrder_namesTheFirstLabelThatDiffers() {
    assertThat(numbers(LabelOrder.WNID).differenceFrom(numbers(LabelOrder.NUMBER)))
        .isEqualTo(
            "the same 3 classes, but in another order; label 1 is '10' in the first and '2' in the"
                + " second ('alexnet convert --class-order' chooses the order)");
  }
}
