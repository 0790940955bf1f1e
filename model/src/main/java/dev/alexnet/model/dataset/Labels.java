package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The classes of a dataset in their {@link LabelOrder}; a label is the position in it. */
public final class Labels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<ClassLabel> classes;
  private final LabelOrder order;
  private final Map<String, Integer> labelOfWnid;

  /**
   * Classes in the order of their sorted wnids.
   *
   * @throws Failure of kind BAD_DATA if a wnid occurs twice or there is no class
   */
  public Labels(List<ClassLabel> classes) {
    this(classes, LabelOrder.WNID);
  }

  /**
   * @throws Failure of kind BAD_DATA if a wnid occurs twice or there is no class
   */
  public Labels(List<ClassLabel> classes, LabelOrder order) {
    this.classes = order.sorted(classes);
    this.order = order;
    this.labelOfWnid = new HashMap<>();
    for (int label = 0; label < this.classes.size(); label++) {
      String wnid = this.classes.get(label).wnid();
      if (labelOfWnid.put(wnid, label) != null) {
        throw new Failure(Failure.Kind.BAD_DATA, "The class " + wnid + " occurs twice");
      }
    }
    if (classes.isEmpty()) {
      throw new Failure(Failure.Kind.BAD_DATA, "There are no classes");
    }
  }

  /** Classes that were stored in the order of their labels; the order is derived from them. */
  public static Labels stored(List<ClassLabel> classes) {
    Labels labels = new Labels(classes);
    return labels.classes.equals(classes) ? labels : new Labels(classes, LabelOrder.of(classes));
  }

  public LabelOrder order() {
    return order;
  }

  public List<ClassLabel> classes() {
    return classes;
  }

  public int size() {
    return classes.size();
  }

  /** The label of a wnid, empty if it is not a class of this dataset. */
  public OptionalInt labelOf(String wnid) {
    Integer label = labelOfWnid.get(wnid);
    return label == null ? OptionalInt.empty() : OptionalInt.of(label);
  }

  /** The class of a label from 0 to {@code size() - 1}. */
  public ClassLabel classOf(int label) {
    return classes.get(label);
  }

  /** The content of {@code labels.txt}: one line per label, with wnid, tab and name. */
  public byte[] text() {
    return classes.stream()
        .map(label -> label.wnid() + "\t" + label.name() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Describes how the classes differ from others, for the message about a mismatch.
   *
   * @return empty if both have the same wnids in the same order
   */
  public String differenceFrom(Labels other) {
    List<String> missing = wnidsNotIn(other.labelOfWnid);
    List<String> extra = other.wnidsNotIn(labelOfWnid);
    if (missing.isEmpty() && extra.isEmpty()) {
      return orderDifferenceFrom(other);
    }
    return size()
        + " classes against "
        + other.size()
        + "; only in the first: "
        + firstOf(missing)
        + "; only in the second: "
        + firstOf(extra);
  }

  /** Whether the other classes are these and more. Their labels may differ. */
  public boolean isPartOf(Labels other) {
    return size() < other.size() && wnidsNotIn(other.labelOfWnid).isEmpty();
  }

  /**
   * The labels that these classes have among others.
   *
   * @param other which has all of them
   * @return for each label the other's label
   */
  public List<Integer> labelsIn(Labels other) {
    return classes.stream().map(label -> other.labelOf(label.wnid()).orElseThrow()).toList();
  }

  private String orderDifferenceFrom(Labels other) {
    for (int label = 0; label < size(); label++) {
      String wnid = classOf(label).wnid();
      String otherWnid = other.classOf(label).wnid();
      if (!wnid.equals(otherWnid)) {
        return ("the same %d classes, but in another order; label %d is '%s' in the first and "
                + "'%s' in the second ('alexnet convert --class-order' chooses the order)")
            .formatted(size(), label, wnid, otherWnid);
      }
    }
    return "";
  }

  private List<String> wnidsNotIn(Map<String, Integer> others) {
    return classes.stream().map(ClassLabel::wnid).filter(w -> !others.containsKey(w)).toList();
  }

  private static String firstOf(List<String> wnids) {
    if (wnids.isEmpty()) {
      return "none";
    }
    String first = String.join(", ", wnids.subList(0, Math.min(3, wnids.size())));
    return wnids.size() > 3 ? first + " and " + (wnids.size() - 3) + " more" : first;
  }

  /**
   * Engines serialise a function, with the labels in it, for every bundle of work; a thousand
   * records through Java's serialisation cost more than the work.
   */
  private Object writeReplace() {
    return new Text(Json.line(classes));
  }

  private record Text(String classes) implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      byte[] json = classes.getBytes(StandardCharsets.UTF_8);
      return stored(List.of(Json.read(json, ClassLabel[].class, "labels")));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels labels && labels.classes.equals(classes);
  }

  @Override
  public int hashCode() {
    return classes.hashCode();
  }

  @Override
  public String toString() {
    return classes.size() + " classes";
  }
}
