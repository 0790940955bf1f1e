package dev.alexnet.pipelines.devkit;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The devkit of a year: which classes there are, and which each validation picture has. */
public final class Devkit {
  private final DevkitFiles files;
  private final MetaFile meta;
  private final Labels labels;

  private Devkit(DevkitFiles files, List<IlsvrcRelease> accepted) {
    this.files = files;
    this.meta =
        MetaFile.read(files.file(DevkitFiles.META), accepted, files.nameOf(DevkitFiles.META));
    this.labels = new Labels(List.copyOf(meta.classes().values()));
  }

  /**
   * The devkit that is named, or else the one that lies beside the pictures.
   *
   * @param named its archive or folder; null to look for it
   * @param directory where to look for it
   * @param accepted the years whose devkit it may be
   * @return empty where none is named and none is there
   * @throws Failure of kind USAGE where those of two years are there
   */
  public static Optional<Devkit> find(
      ObjectStore store, Location named, Location directory, List<IlsvrcRelease> accepted) {
    if (named != null) {
      return Optional.of(new Devkit(DevkitFiles.read(store, named), accepted));
    }
    List<Location> found =
        accepted.stream().flatMap(release -> lookIn(store, directory, release).stream()).toList();
    if (found.size() > 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          "There are two devkits, "
              + found.get(0)
              + " and "
              + found.get(1)
              + "; say with --devkit which belongs to the pictures");
    }
    return found.stream()
        .map(place -> new Devkit(DevkitFiles.read(store, place), accepted))
        .findFirst();
  }

  /** Where a directory holds the devkit of a year under an official name. */
  public static Optional<Location> lookIn(
      ObjectStore store, Location directory, IlsvrcRelease release) {
    return DevkitFiles.places(directory, release).stream()
        .filter(place -> store.exists(place) || store.isDirectory(place))
        .findFirst();
  }

  public static Failure missing(Location directory, IlsvrcRelease release, String reason) {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is neither "
            + directory.resolve(release.devkitArchive())
            + " nor the folder "
            + String.join(" or ", release.devkitFolders())
            + " beside it, but "
            + reason
            + ". Fetch the devkit from image-net.org, or say with --devkit where it is.");
  }

  public Location location() {
    return files.devkit();
  }

  /** All classes. */
  public Labels labels() {
    return labels;
  }

  /**
   * The wnid of every validation picture, in the order of their numbers.
   *
   * @throws Failure of kind BAD_DATA where a line is no id of a class
   */
  public List<String> validationTruth() {
    String name = meta.release().validationTruth();
    return wnids(files.file(name), files.nameOf(name));
  }

  /**
   * The wnid of every line of a file of ids.
   *
   * @param where what to call the file in an error
   * @throws Failure of kind BAD_DATA where a line is no id of a class
   */
  public List<String> wnids(byte[] file, String where) {
    List<String> wnids = new ArrayList<>();
    for (String line : new String(file, StandardCharsets.US_ASCII).strip().lines().toList()) {
      String id = line.strip();
      ClassLabel label = id.matches("\\d{1,6}") ? meta.classes().get(Integer.valueOf(id)) : null;
      if (label == null) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            where
                + ", line "
                + (wnids.size() + 1)
                + ": '"
                + line
                + "' is not the id of one of the "
                + labels.size()
                + " classes of "
                + DevkitFiles.META
                + ". Give the devkit of the pictures' year with --devkit.");
      }
      wnids.add(label.wnid());
    }
    return wnids;
  }
}
