package dev.alexnet.ops.comparison;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.ops.comparison.ComparedPair.ClassDifference;
import dev.alexnet.ops.picture.ClassNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares two scores image by image. */
final class PairComparison {
  private final Optional<ClassNames> names;

  /**
   * @param dataset that was scored, for the names of classes
   */
  PairComparison(Optional<Dataset> dataset) {
    this.names = dataset.map(found -> new ClassNames(found.manifest().labels()));
  }

  ComparedPair of(String firstName, ScoredRun first, String secondName, ScoredRun second) {
    PairedDifference.Sum top1 = new PairedDifference.Sum();
    PairedDifference.Sum top5 = new PairedDifference.Sum();
    Map<Long, ClassErrors> classes = new TreeMap<>();
    for (int row = 0; row < first.images().size(); row++) {
      ScoredImage one = first.images().get(row);
      ScoredImage other = second.images().get(row);
      if (one.scored()) {
        top1.add(one.top1Credit(), other.top1Credit());
        top5.add(one.top5Credit(), other.top5Credit());
        classes
            .computeIfAbsent(one.label(), label -> new ClassErrors())
            .add(one.top1Credit(), other.top1Credit());
      }
    }
    return new ComparedPair(
        firstName,
        secondName,
        top1.difference(),
        first.scores().counts().hasTop5Error() ? top5.difference() : null,
        differences(classes));
  }

  private List<ClassDifference> differences(Map<Long, ClassErrors> classes) {
    return classes.entrySet().stream()
        .map(of -> difference(Math.toIntExact(of.getKey()), of.getValue()))
        .filter(difference -> difference.difference() != 0)
        .sorted(
            Comparator.comparingDouble((ClassDifference of) -> -Math.abs(of.difference()))
                .thenComparing(ClassDifference::label))
        .toList();
  }

  private ClassDifference difference(int label, ClassErrors errors) {
    return new ClassDifference(
        label,
        names.map(known -> known.brief(label)).orElse("class " + label),
        errors.images,
        errors.first / errors.images,
        errors.second / errors.images);
  }

  /** How much of a class two networks get wrong. */
  private static final class ClassErrors {
    private long images;
    private double first;
    private double second;

    void add(double firstCredit, double secondCredit) {
      images++;
      first += 1 - firstCredit;
      second += 1 - secondCredit;
    }
  }
}
