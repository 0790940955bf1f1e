package dev.alexnet.pipelines.devkit;

import dev.alexnet.pipelines.folder.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one year's ILSVRC is published as.
 *
 * @param year which year's
 * @param archives the names of the archive with a split's pictures, the newest first, by split
 * @param devkitArchive the name of the devkit
 * @param devkitFolders names of the folder that it unpacks to
 * @param testTruth the file with the classes of the test pictures; empty where they were never
 *     published
 * @param patch the archive of pictures that replace others; empty where there is none
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

  /** What a split is called in the names of pictures and in folders of archives. */
  public static String shortName(Split split) {
    return split == Split.VALIDATION ? "val" : split.title();
  }

  /** The file name of a picture of a split that is not in classes, up to its number. */
  public String picturePrefix(Split split) {
    return title() + "_" + shortName(split) + "_";
  }

  /** Whether a file is called as one of the archives of pictures. */
  public boolean isArchive(String name) {
    return archives.values().stream().anyMatch(names -> names.contains(name));
  }

  /** Whether a file or folder is called as the devkit. */
  public boolean isDevkit(String name) {
    return name.equals(devkitArchive) || devkitFolders.contains(name);
  }
}
