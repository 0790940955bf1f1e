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

/** The devkit of one year: its classes, and the class of each validation picture. */
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
   * Opens the given devkit, or else the one beside the pictures.
   *
   * @param named its archive or folder; null to search for it
   * @param directory where to search for it
   * @param accepted the accepted years
   * @return empty if none is given and none is found
   * @throws Failure of kind USAGE if the devkits of two years are found
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
              + "; choose with --devkit the one that belongs to the pictures");
    }
    return found.stream()
        .map(place -> new Devkit(DevkitFiles.read(store, place), accepted))
        .findFirst();
  }

  /** The location of a year's devkit in a directory, under an official name. */
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
            + " beside it. The devkit is needed: "
            + reason
            + ". Fetch the devkit from image-net.org, or give its location with --devkit.");
  }

  public Location location() {
    return files.devkit();
  }

  /** The year that it belongs to. */
  public IlsvrcRelease release() {
    return meta.release();
  }

  /** All classes. */
  public Labels labels() {
    return labels;
  }

  /**
   * The wnid of every validation picture, in the order of the picture numbers.
   *
   * @throws Failure of kind BAD_DATA if a line is not the id of a class
   */
  public List<String> validationTruth() {
    String name = meta.release().validationTruth();
    return wnids(files.file(name), files.nameOf(name));
  }

  /**
   * The wnid of every line of a file of ids.
   *
   * @param where the file's name in errors
   * @throws Failure of kind BAD_DATA if a line is not the id of a class
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
