package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which classes a dataset has.
 *
 * @param labels the classes wanted
 * @param known all that the devkit knows; null without one
 */
record ClassSelection(Labels labels, Labels known) {
  private static final String ALL = "all";
  private static final String PRESENT = "present";

  /**
   * @param present the wnids that the source has pictures of
   * @throws Failure of kind BAD_DATA where the devkit knows none of them, or not one that was asked
   *     for; INPUT_MISSING where the file of classes is not there
   */
  static ClassSelection of(
      ObjectStore store, String classes, Optional<Devkit> devkit, Collection<String> present) {
    Labels known = devkit.map(Devkit::labels).orElse(null);
    if (known != null && present.stream().noneMatch(wnid -> known.labelOf(wnid).isPresent())) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "None of the "
              + present.size()
              + " classes of the source ("
              + String.join(", ", present.stream().limit(3).toList())
              + " …) is in the devkit "
              + devkit.get().location()
              + "; give the devkit that belongs to these pictures");
    }
    if (classes.equals(ALL) && known != null) {
      return new ClassSelection(known, known);
    }
    if (classes.equals(ALL) || classes.equals(PRESENT)) {
      List<ClassLabel> labels =
          present.stream()
              .filter(wnid -> known == null || known.labelOf(wnid).isPresent())
              .distinct()
              .map(wnid -> named(wnid, known))
              .toList();
      return new ClassSelection(new Labels(labels), known);
    }
    return new ClassSelection(fromFile(store, new Location(classes), known), known);
  }

  /** Whether pictures of a class are passed over because it was not asked for. */
  boolean leavesOut(String wnid) {
    return labels.labelOf(wnid).isEmpty() && known != null && known.labelOf(wnid).isPresent();
  }

  private static Labels fromFile(ObjectStore store, Location file, Labels known) {
    TreeSet<String> wnids = new TreeSet<>();
    String text = new String(store.readAll(file), StandardCharsets.UTF_8);
    // A labels.txt of a dataset serves too: its names follow a tab.
    text.lines().map(line -> line.split("\t", 2)[0].strip()).forEach(wnids::add);
    wnids.remove("");
    for (String wnid : wnids) {
      if (known != null && known.labelOf(wnid).isEmpty()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            file + " names the class '" + wnid + "', which the devkit does not know");
      }
    }
    if (wnids.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA, file + " names no class; write a wnid a line, such as n01440764");
    }
    return new Labels(wnids.stream().map(wnid -> named(wnid, known)).toList());
  }

  private static ClassLabel named(String wnid, Labels known) {
    return known == null
        ? new ClassLabel(wnid, wnid)
        : known.classOf(known.labelOf(wnid).getAsInt());
  }
}
