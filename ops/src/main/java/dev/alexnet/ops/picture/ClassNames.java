package dev.alexnet.ops.picture;

import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short names of classes: ImageNet's names are lists of synonyms, of which the first is enough. */
public final class ClassNames {
  private final Labels labels;
  private final List<String> brief = new ArrayList<>();

  public ClassNames(Labels labels) {
    this.labels = labels;
    Map<String, Integer> times = new HashMap<>();
    labels.classes().forEach(of -> times.merge(first(of), 1, Integer::sum));
    for (ClassLabel of : labels.classes()) {
      // Two classes are "crane".
      brief.add(times.get(first(of)) == 1 ? first(of) : of.name() + " " + of.wnid());
    }
  }

  private static String first(ClassLabel of) {
    return of.name().split(",", 2)[0].strip();
  }

  /** Unique among the classes. */
  public String brief(int label) {
    return brief.get(label);
  }

  public String full(int label) {
    return labels.classOf(label).name();
  }

  public String wnid(int label) {
    return labels.classOf(label).wnid();
  }
}
