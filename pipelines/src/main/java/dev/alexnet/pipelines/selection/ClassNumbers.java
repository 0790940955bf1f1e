package dev.alexnet.pipelines.selection;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.devkit.KnownClasses;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What numbers mean that stand for classes of a published set, as the folders {@code 0} to {@code
 * 999} of ImageNet-V2 do: places in the order of the wnids, from 0.
 *
 * @param wnids the class of each number, as it is written; empty if nothing defines the numbers, or
 *     they are no numbers, so that they are names of classes themselves
 * @param definition what defines them
 */
public record ClassNumbers(SortedMap<String, String> wnids, Location definition) {
  public static final ClassNumbers NONE = new ClassNumbers(new TreeMap<>(), null);

  private static final Comparator<String> BY_VALUE =
      Comparator.comparing((String name) -> PlainNumber.of(name).orElseThrow())
          .thenComparing(Comparator.naturalOrder());

  public ClassNumbers {
    wnids = Collections.unmodifiableSortedMap(wnids);
  }

  /**
   * @param classes as in {@link ClassSelection}
   * @param names of classes, as the source writes them
   * @param where the source, for messages
   * @throws Failure of kind BAD_DATA if a number has no class, or may mean two
   */
  public static ClassNumbers of(
      ObjectStore store,
      String classes,
      Optional<KnownClasses> known,
      Collection<String> names,
      Location where) {
    boolean numbers =
        !names.isEmpty() && names.stream().allMatch(name -> PlainNumber.whole(name).isPresent());
    if (!numbers) {
      return NONE;
    }
    if (ClassSelection.isFile(classes)) {
      ClassFile file = ClassFile.read(store, new Location(classes));
      return isNamed(names, file.byNumber().values())
          ? NONE
          : new ClassNumbers(byFile(names, file, where), file.file());
    }
    return known
        .filter(all -> !isNamed(names, all.labels().classes()))
        .map(all -> new ClassNumbers(byOrder(names, all, where), all.location()))
        .orElse(NONE);
  }

  private static boolean isNamed(Collection<String> names, Collection<ClassLabel> classes) {
    return classes.stream().map(ClassLabel::wnid).anyMatch(names::contains);
  }

  private static SortedMap<String, String> byFile(
      Collection<String> names, ClassFile file, Location where) {
    if (file.strayLine() > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s, line %d: it has a number that differs from its place counted from 0, so a number in %s may mean either of two classes. Add a heading (label, wnid and name, separated by tabs) as the first line of %s"
              .formatted(file.file(), file.strayLine(), where, file.file()));
    }
    if (!file.numbered()) {
      requireZero(names, where, file.file());
    }
    SortedMap<String, String> wnids = new TreeMap<>();
    for (String name : names) {
      ClassLabel label = file.byNumber().get(PlainNumber.whole(name).getAsInt());
      if (label == null) {
        throw outside(where, name, file.byNumber().lastKey(), file.file());
      }
      wnids.put(name, label.wnid());
    }
    return wnids;
  }

  private static SortedMap<String, String> byOrder(
      Collection<String> names, KnownClasses known, Location where) {
    requireZero(names, where, known.location());
    SortedMap<String, String> wnids = new TreeMap<>();
    for (String name : names) {
      int number = PlainNumber.whole(name).getAsInt();
      if (number < 0 || number >= known.labels().size()) {
        throw outside(where, name, known.labels().size() - 1, known.location());
      }
      wnids.put(name, known.labels().classOf(number).wnid());
    }
    return wnids;
  }

  /** Numbers from 1 would silently shift every label by one. */
  private static void requireZero(Collection<String> names, Location where, Location definition) {
    int least =
        names.stream().mapToInt(name -> PlainNumber.whole(name).getAsInt()).min().orElseThrow();
    if (least > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "The lowest class number in %s is %d, so the numbers may count the classes of %s from 0 or from 1. Give --classes FILE with the heading label, wnid, name, separated by tabs, and a line for each number"
              .formatted(where, least, definition));
    }
  }

  private static Failure outside(Location where, String name, int last, Location definition) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        "%s has the class number %s, but the classes of %s have the numbers 0 to %d"
            .formatted(where, name, definition, last));
  }

  /** The class that a name stands for: the name itself unless it is a number of a class. */
  public String wnid(String name) {
    return wnids.getOrDefault(name, name);
  }

  public List<String> notices() {
    if (wnids.isEmpty()) {
      return List.of();
    }
    String first = Collections.min(wnids.keySet(), BY_VALUE);
    String last = Collections.max(wnids.keySet(), BY_VALUE);
    return List.of(
        "Numbers are the places of the classes of %s, from 0: %s is %s, %s is %s"
            .formatted(definition, first, wnids.get(first), last, wnids.get(last)));
  }
}
