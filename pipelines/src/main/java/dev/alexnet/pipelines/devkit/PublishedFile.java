package dev.alexnet.pipelines.devkit;

import java.util.List;

/**
 * A file that image-net.org publishes, and the known facts about it.
 *
 * @param release the release that it belongs to, such as {@code ILSVRC2012}
 * @param name the official name
 * @param required whether the batch job needs this file
 * @param pictures how many pictures it holds, 0 if none
 * @param bytes its length; 0 if unknown
 * @param md5 its MD5 in hexadecimal; empty if unknown
 */
public record PublishedFile(
    String release, String name, boolean required, long pictures, long bytes, String md5) {

  /**
   * All published files. The MD5 of training, validation and devkit are those that torchvision's
   * {@code datasets/imagenet.py} compares; for 2010 there are none.
   */
  public static final List<PublishedFile> ALL =
      List.of(
          new PublishedFile(
              "ILSVRC2012",
              "ILSVRC2012_img_train.tar",
              true,
              1_281_167,
              147_897_477_120L,
              "1d675b47d978889d74fa0da5fadfb00e"),
          new PublishedFile(
              "ILSVRC2012",
              "ILSVRC2012_img_val.tar",
              true,
              50_000,
              6_744_924_160L,
              "29b22e2961454d5413ddabcf34fc5622"),
          new PublishedFile(
              "ILSVRC2012",
              "ILSVRC2012_img_test_v10102019.tar",
              false,
              100_000,
              0,
              "e1b8681fff3d63731c599df9b4b6fc02"),
          new PublishedFile(
              "ILSVRC2012",
              "ILSVRC2012_devkit_t12.tar.gz",
              true,
              0,
              0,
              "fa75699e90414af021442c21a62c3abf"),
          new PublishedFile("ILSVRC2010", "ILSVRC2010_images_train.tar", true, 1_261_406, 0, ""),
          new PublishedFile("ILSVRC2010", "ILSVRC2010_images_val.tar", true, 50_000, 0, ""),
          new PublishedFile("ILSVRC2010", "ILSVRC2010_images_test.tar", false, 150_000, 0, ""),
          new PublishedFile("ILSVRC2010", "ILSVRC2010_test_ground_truth.txt", false, 0, 0, ""),
          new PublishedFile("ILSVRC2010", "ILSVRC2010_devkit-1.0.tar.gz", true, 0, 0, ""),
          new PublishedFile("ILSVRC2010", "patch_images.tar", false, 0, 0, ""));

  /** The names of the folders that this file unpacks to, if it is a devkit. */
  public List<String> folders() {
    return IlsvrcRelease.ALL.stream()
        .filter(year -> year.devkitArchive().equals(name))
        .flatMap(year -> year.devkitFolders().stream())
        .toList();
  }
}
