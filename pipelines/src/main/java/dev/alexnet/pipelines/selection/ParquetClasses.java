package dev.alexnet.pipelines.selection;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.parquet.LabelWnids;
import dev.alexnet.pipelines.parquet.UnpackedParquet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The classes of pictures in Parquet files. A label stands for the wnid in the paths of its
 * pictures, or in the name of its class; otherwise it is the class itself, so that the order of
 * labels is kept.
 *
 * @param labels the classes of the dataset
 * @param wnids the class of each label of the files; empty if no class is known
 * @param leftOut the classes whose pictures are left out
 * @param notices sentences for the user
 * @param inWords what gives the classes, for a description
 */
public record ParquetClasses(
    Labels labels,
    SortedMap<String, String> wnids,
    List<String> leftOut,
    List<String> notices,
    String inWords) {

  private static final int LONGEST_LABEL = 9;
  private static final Comparator<String> BY_NUMBER = Comparator.comparingInt(Integer::parseInt);

  /**
   * @param classes as in {@link ClassSelection}
   * @param known all classes, if a devkit lists them
   * @param training the files of the training set beside the files, or none
   * @throws Failure of kind BAD_DATA if labels contradict paths, names or the number of classes
   */
  public static ParquetClasses of(
      ObjectStore store,
      Split split,
      String classes,
      List<UnpackedParquet> files,
      Optional<KnownClasses> known,
      Supplier<List<Location>> training) {
    Location first = files.get(0).source();
    List<String> names = names(files);
    TreeSet<String> present = new TreeSet<>(BY_NUMBER);
    files.forEach(
        file ->
            file.wnidsOfLabel().keySet().stream()
                .filter(label -> !label.equals(UnpackedParquet.NO_LABEL))
                .filter(label -> !label.startsWith("-"))
                .forEach(label -> present.add(requireName(label, names, file.source()))));
    if (present.isEmpty() && split != Split.TEST) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s holds no picture with a label, so their classes are unknown. Only --split test accepts pictures of unknown classes"
              .formatted(first));
    }
    TreeSet<String> needed = new TreeSet<>(BY_NUMBER);
    needed.addAll(present);
    for (int label = 0; label < names.size(); label++) {
      needed.add(label + "");
    }
    SortedMap<String, String> wnidOf = wnids(store, files, names, needed, training);
    return present.isEmpty()
        ? unlabelled(store, classes, first, known, described(needed, names, wnidOf))
        : labelled(store, classes, new Found(first, names, present, needed, wnidOf), known);
  }

  /**
   * What the files tell.
   *
   * @param present the labels of pictures
   * @param needed the labels of all classes
   * @param wnidOf empty unless it has all of them
   */
  private record Found(
      Location first,
      List<String> names,
      TreeSet<String> present,
      TreeSet<String> needed,
      SortedMap<String, String> wnidOf) {}

  private static List<String> names(List<UnpackedParquet> files) {
    UnpackedParquet first = files.get(0);
    for (UnpackedParquet file : files) {
      if (!file.names().equals(first.names())) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s and %s name other classes in their metadata, so a label may mean either of two. Fetch all files of one version of the set"
                .formatted(first.source(), file.source()));
      }
    }
    return first.names();
  }

  private static String requireName(String label, List<String> names, Location file) {
    if (label.length() > LONGEST_LABEL) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has a picture with the label %s, which is too large for one".formatted(file, label));
    }
    if (!names.isEmpty() && Integer.parseInt(label) >= names.size()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has a picture with the label %s, but its metadata names the classes 0 to %d"
              .formatted(file, label, names.size() - 1));
    }
    return label;
  }

  /** The wnid of each label; empty unless all have one. */
  private static SortedMap<String, String> wnids(
      ObjectStore store,
      List<UnpackedParquet> files,
      List<String> names,
      TreeSet<String> needed,
      Supplier<List<Location>> training) {
    SortedMap<String, String> byName = new TreeMap<>();
    for (int label = 0; label < names.size(); label++) {
      if (PictureName.WNID.matcher(names.get(label)).matches()) {
        byName.put(label + "", names.get(label));
      }
    }
    LabelWnids byPath = LabelWnids.of(files);
    boolean named = !names.isEmpty() && byName.size() == names.size();
    if (named) {
      byPath.requireAgreement(byName, files.get(0).source());
      return byName;
    }
    LabelWnids all =
        byPath.wnidOf().keySet().containsAll(needed)
            ? byPath
            : byPath.with(store, training.get(), needed);
    return !needed.isEmpty() && all.wnidOf().keySet().containsAll(needed)
        ? all.wnidOf()
        : new TreeMap<>();
  }

  private static List<ClassLabel> described(
      Iterable<String> labels, List<String> names, SortedMap<String, String> wnidOf) {
    List<ClassLabel> classes = new ArrayList<>();
    for (String label : labels) {
      String wnid = wnidOf.getOrDefault(label, label);
      String name = names.isEmpty() ? wnid : names.get(Integer.parseInt(label));
      classes.add(new ClassLabel(wnid, name.isBlank() ? wnid : name));
    }
    return classes;
  }

  private static ParquetClasses unlabelled(
      ObjectStore store,
      String classes,
      Location first,
      Optional<KnownClasses> known,
      List<ClassLabel> described) {
    Labels all =
        known
            .map(KnownClasses::labels)
            .orElseGet(() -> described.isEmpty() ? null : ordered(described));
    if (ClassSelection.isFile(classes)) {
      all = ClassFile.read(store, new Location(classes)).labels(all);
    }
    if (all == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds pictures of unknown classes; give the list of classes with --devkit, or with --classes and a file such as the labels.txt of the training set"
              .formatted(first));
    }
    return new ParquetClasses(all, new TreeMap<>(), List.of(), List.of(), "");
  }

  private static Labels ordered(List<ClassLabel> classes) {
    return new Labels(classes, LabelOrder.of(classes));
  }

  private static ParquetClasses labelled(
      ObjectStore store, String classes, Found found, Optional<KnownClasses> devkit) {
    boolean byWnid = !found.wnidOf.isEmpty();
    // A devkit's numbers are not those of a set that names its own classes.
    ClassNumbers numbers =
        byWnid
            ? ClassNumbers.NONE
            : ClassNumbers.of(
                store,
                classes,
                found.names.isEmpty() ? devkit : Optional.empty(),
                found.present,
                found.first.parent());
    SortedMap<String, String> wnids = new TreeMap<>();
    for (String label : found.present) {
      wnids.put(label, byWnid ? found.wnidOf.get(label) : numbers.wnid(label));
    }
    Optional<KnownClasses> known = devkit;
    if (numbers.wnids().isEmpty() && (devkit.isEmpty() || !byWnid)) {
      known =
          found.names.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new KnownClasses(
                      "metadata",
                      found.first,
                      new Labels(described(found.needed, found.names, found.wnidOf))));
    }
    ClassSelection selection = ClassSelection.of(store, classes, known, wnids.values());
    List<String> leftOut = wnids.values().stream().filter(selection::leavesOut).toList();
    List<String> notices = new ArrayList<>(numbers.notices());
    notices.addAll(selection.notices(wnids.values()));
    notices.addAll(otherOrder(selection.labels(), wnids));
    return new ParquetClasses(
        selection.labels(),
        wnids,
        leftOut,
        notices,
        byWnid ? ", with a wnid for each label" : ", with numbers for their classes");
  }

  /** The order of wnids is that of ImageNet's labels, but a set may have another. */
  private static List<String> otherOrder(Labels labels, SortedMap<String, String> wnids) {
    List<String> kept =
        wnids.keySet().stream()
            .sorted(BY_NUMBER)
            .filter(label -> labels.labelOf(wnids.get(label)).isPresent())
            .toList();
    for (int place = 1; place < kept.size(); place++) {
      String before = wnids.get(kept.get(place - 1));
      String wnid = wnids.get(kept.get(place));
      if (labels.labelOf(before).getAsInt() > labels.labelOf(wnid).getAsInt()) {
        return List.of(
            "Labels are in the order of the wnids, which is not that of the files: their label %s is %s and %s is %s"
                .formatted(kept.get(place - 1), before, kept.get(place), wnid));
      }
    }
    return List.of();
  }

  public boolean labelled() {
    return !wnids.isEmpty();
  }
}
