package dev.alexnet.model.dataset;

import dev.alexnet.infra.text.PlainNumber;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The order of classes that makes their labels. */
public enum LabelOrder {
  /** Letter by letter: the order of ImageNet's labels. */
  WNID("sorted wnid"),
  /** By number, if all classes are numbers: 2 before 10. */
  NUMBER("number");

  private final String title;

  LabelOrder(String title) {
    this.title = title;
  }

  /** What {@code dataset.json} calls it. */
  public String title() {
    return title;
  }

  static Optional<LabelOrder> titled(String title) {
    return Stream.of(values()).filter(order -> order.title.equals(title)).findFirst();
  }

  /** The default order of classes. */
  public static LabelOrder of(List<ClassLabel> classes) {
    boolean numbers = classes.stream().allMatch(label -> PlainNumber.of(label.wnid()).isPresent());
    // For up to ten numbers from 0 both orders are the same, so they get the same name.
    return numbers && !NUMBER.sorted(classes).equals(WNID.sorted(classes)) ? NUMBER : WNID;
  }

  Comparator<ClassLabel> comparator() {
    Comparator<ClassLabel> letters = Comparator.comparing(ClassLabel::wnid);
    return this == WNID ? letters : Comparator.comparing(LabelOrder::value).thenComparing(letters);
  }

  private static BigDecimal value(ClassLabel label) {
    return PlainNumber.of(label.wnid()).orElse(BigDecimal.ZERO);
  }

  List<ClassLabel> sorted(List<ClassLabel> classes) {
    return classes.stream().sorted(comparator()).toList();
  }
}
