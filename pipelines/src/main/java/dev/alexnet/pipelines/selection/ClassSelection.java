package dev.alexnet.pipelines.selection;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.devkit.KnownClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The classes of a dataset.
 *
 * @param labels the selected classes
 * @param known all classes of the published set; null if nothing lists them
 * @param file the file that lists the selected classes; null if there is none
 */
public record ClassSelection(Labels labels, KnownClasses known, Location file) {
  private static final String ALL = "all";
  private static final String PRESENT = "present";

  /** Whether a setting names a file that lists the classes, and is neither all nor present. */
  public static boolean isFile(String classes) {
    return !classes.equals(ALL) && !classes.equals(PRESENT);
  }

  /**
   * @param classes {@code all}, {@code present}, or a file with one wnid per line
   * @param present the wnids that the source has pictures of
   * @throws Failure of kind BAD_DATA if none of them is a known class, or a requested one is not;
   *     INPUT_MISSING if the class file does not exist
   */
  public static ClassSelection of(
      ObjectStore store, String classes, Optional<KnownClasses> all, Collection<String> present) {
    KnownClasses known = all.orElse(null);
    if (known != null && present.stream().noneMatch(known::contains)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "None of the %d classes of the source (%s …) is in the %s %s; give the %3$s that belongs to these pictures"
              .formatted(
                  present.size(),
                  String.join(", ", present.stream().limit(3).toList()),
                  known.kind(),
                  known.location()));
    }
    if (classes.equals(ALL) && known != null) {
      return new ClassSelection(known.labels(), known, null);
    }
    if (classes.equals(ALL) || classes.equals(PRESENT)) {
      List<ClassLabel> labels =
          present.stream()
              .filter(wnid -> known == null || known.contains(wnid))
              .distinct()
              .map(wnid -> named(wnid, known))
              .toList();
      return new ClassSelection(new Labels(labels), known, null);
    }
    Location file = new Location(classes);
    return new ClassSelection(
        ClassFile.read(store, file).labels(known == null ? null : known.labels()), known, file);
  }

  /** Whether pictures of a class are left out because the class was not asked for. */
  public boolean leavesOut(String wnid) {
    return labels.labelOf(wnid).isEmpty() && (known == null ? file != null : known.contains(wnid));
  }

  /**
   * Notices about a source for the user, before it is converted: which of its classes are left out,
   * and which are unknown, so that their pictures will be rejected.
   *
   * @param present the wnids that the source has pictures of
   */
  public List<String> notices(Collection<String> present) {
    List<String> notices = new ArrayList<>();
    List<String> leftOut = present.stream().distinct().filter(this::leavesOut).toList();
    if (!leftOut.isEmpty()) {
      notices.add(
          "Classes that %s does not name are left out (%d): %s"
              .formatted(file, leftOut.size(), NameList.of(leftOut)));
    }
    List<String> strange =
        present.stream()
            .distinct()
            .filter(wnid -> labels.labelOf(wnid).isEmpty() && !leavesOut(wnid))
            .toList();
    if (!strange.isEmpty()) {
      notices.add(
          "Pictures of classes that %s will be rejected. Classes (%d): %s"
              .formatted(
                  known == null
                      ? "the training set beside them does not have"
                      : "are not in the " + known.kind(),
                  strange.size(),
                  NameList.of(strange)));
    }
    return notices;
  }

  private static ClassLabel named(String wnid, KnownClasses known) {
    return known == null
        ? new ClassLabel(wnid, wnid)
        : known.labels().classOf(known.labels().labelOf(wnid).getAsInt());
  }
}
