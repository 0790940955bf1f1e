package dev.alexnet.pipelines.parquet;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.folder.WnidInName;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The wnid that the pictures of each label have in their paths.
 *
 * @param wnidOf by label; labels without a wnid are not in it
 */
public record LabelWnids(SortedMap<String, String> wnidOf) {

  /** Of pictures that were unpacked. */
  public static LabelWnids of(List<UnpackedParquet> files) {
    LabelWnids found = new LabelWnids(new TreeMap<>());
    for (UnpackedParquet file : files) {
      file.wnidsOfLabel()
          .forEach((label, wnids) -> wnids.forEach(wnid -> found.add(file.source(), label, wnid)));
    }
    return found;
  }

  /**
   * A copy with what the rows of more files tell, until each of some labels has its wnid. Reads
   * their paths and labels, not the pictures, and nothing more after a file without any wnid.
   */
  public LabelWnids with(ObjectStore store, List<Location> files, Collection<String> labels) {
    LabelWnids all = new LabelWnids(new TreeMap<>(wnidOf));
    for (Location file : files) {
      if (all.wnidOf.keySet().containsAll(labels)) {
        break;
      }
      if (!all.addRows(store, file)) {
        break;
      }
    }
    return all;
  }

  /**
   * Requires the wnids to be those of other names.
   *
   * @param names a wnid for each label
   * @throws Failure of kind BAD_DATA if one differs
   */
  public void requireAgreement(SortedMap<String, String> names, Location file) {
    wnidOf.forEach(
        (label, wnid) -> {
          if (!wnid.equals(names.get(label))) {
            throw contradiction(
                file,
                "the label %s is named %s, but its paths have the wnid %s"
                    .formatted(label, names.get(label), wnid));
          }
        });
  }

  private boolean addRows(ObjectStore store, Location file) {
    boolean[] any = new boolean[1];
    ParquetFooter footer = ParquetFooter.read(store, file);
    try {
      new PictureRows(store, footer, PictureColumns.of(footer))
          .readWithoutPictures(
              (row, bytes, path, label) -> {
                if (path != null && label != null) {
                  for (String wnid : WnidInName.of(path)) {
                    any[0] = true;
                    add(file, label.toString(), wnid);
                  }
                }
                return true;
              });
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
    return any[0];
  }

  /** Pictures without a label, or with -1, are of no class. */
  private void add(Location file, String label, String wnid) {
    if (label.startsWith("-") || label.equals(UnpackedParquet.NO_LABEL)) {
      return;
    }
    String before = wnidOf.put(label, wnid);
    if (before != null && !before.equals(wnid)) {
      throw contradiction(
          file, "the label %s goes with the wnids %s and %s".formatted(label, before, wnid));
    }
    wnidOf.entrySet().stream()
        .filter(other -> before == null && other.getValue().equals(wnid))
        .filter(other -> !other.getKey().equals(label))
        .findFirst()
        .ifPresent(
            other -> {
              throw contradiction(
                  file,
                  "the wnid %s goes with the labels %s and %s"
                      .formatted(wnid, other.getKey(), label));
            });
  }

  private static Failure contradiction(Location file, String problem) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        "In the paths and labels of %s and the files beside it, %s, so one of them is wrong. Correct the files, or write the pictures to a folder for each class"
            .formatted(file, problem));
  }
}
