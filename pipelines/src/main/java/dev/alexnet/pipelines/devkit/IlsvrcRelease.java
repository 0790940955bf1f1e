package dev.alexnet.pipelines.devkit;

import dev.alexnet.pipelines.folder.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The published files of one year's ILSVRC.
 *
 * @param year the year
 * @param archives the names of the picture archive of each split, the newest first
 * @param devkitArchive the name of the devkit
 * @param devkitFolders the names of the folder that it unpacks to
 * @param testTruth the file with the classes of the test pictures; empty if they were never
 *     published
 * @param patch the archive of pictures that replace others; empty if there is none
 */
public record IlsvrcRelease(
    int year,
    Map<Split, List<String>> archives,
    String devkitArchive,
    List<String> devkitFolders,
    Optional<String> testTruth,
    Optional<String> patch) {

  public static final IlsvrcRelease ILSVRC2012 =
      new IlsvrcRelease(
          2012,
          Map.of(
              Split.TRAIN, List.of("ILSVRC2012_img_train.tar"),
              Split.VALIDATION, List.of("ILSVRC2012_img_val.tar"),
              Split.TEST, List.of("ILSVRC2012_img_test_v10102019.tar", "ILSVRC2012_img_test.tar")),
          "ILSVRC2012_devkit_t12.tar.gz",
          List.of("ILSVRC2012_devkit_t12"),
          Optional.empty(),
          Optional.empty());

  public static final IlsvrcRelease ILSVRC2010 =
      new IlsvrcRelease(
          2010,
          Map.of(
              Split.TRAIN, List.of("ILSVRC2010_images_train.tar"),
              Split.VALIDATION, List.of("ILSVRC2010_images_val.tar"),
              Split.TEST, List.of("ILSVRC2010_images_test.tar")),
          "ILSVRC2010_devkit-1.0.tar.gz",
          List.of("devkit-1.0", "ILSVRC2010_devkit-1.0"),
          Optional.of("ILSVRC2010_test_ground_truth.txt"),
          Optional.of("patch_images.tar"));

  public static final List<IlsvrcRelease> ALL = List.of(ILSVRC2012, ILSVRC2010);

  public IlsvrcRelease {
    archives = Map.copyOf(archives);
    devkitFolders = List.copyOf(devkitFolders);
  }

  public String title() {
    return "ILSVRC" + year;
  }

  public String layout() {
    return "ilsvrc" + year;
  }

  /** The column of {@code meta.mat} with the numbers of the classes. */
  public String idColumn() {
    return title() + "_ID";
  }

  public String validationTruth() {
    return title() + "_validation_ground_truth.txt";
  }

  /** The name of a split in the names of pictures and in the folders of archives. */
  public static String shortName(Split split) {
    return split == Split.VALIDATION ? "val" : split.title();
  }

  /**
   * The start of the file name, up to the number, of a picture in a split without class archives.
   */
  public String picturePrefix(Split split) {
    return title() + "_" + shortName(split) + "_";
  }

  /** Whether a file has the name of a picture archive. */
  public boolean isArchive(String name) {
    return archives.values().stream().anyMatch(names -> names.contains(name));
  }

  /** Whether a file or folder has the name of the devkit. */
  public boolean isDevkit(String name) {
    return name.equals(devkitArchive) || devkitFolders.contains(name);
  }
}
