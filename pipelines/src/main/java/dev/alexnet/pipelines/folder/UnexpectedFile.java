package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.image.PictureHeader;
import java.util.Optional;

/** Says what a file or folder is that is among pictures and is not one. */
public final class UnexpectedFile {
  // Links may lead in a circle.
  private static final int DEEPEST = 5;
  private static final int FIRST_BYTES = 512;

  private UnexpectedFile() {}

  /**
   * @param name in the folder; that of a folder ends in a slash
   * @param image what the rejection calls it
   * @param entry of the file; empty if it is a folder or no file
   */
  public static Rejection of(
      ObjectStore store, Location folder, String name, String image, Optional<ObjectEntry> entry) {
    if (name.endsWith("/")) {
      long pictures = pictures(store, folder.resolve(name.substring(0, name.length() - 1)), 0);
      return new Rejection(
          image,
          folder.value(),
          0,
          "UNEXPECTED_NAME",
          pictures == 0
              ? "it is a folder without pictures"
              : "it is a folder with %s, which %s not read. Move them up if they belong there"
                  .formatted(Quantity.of(pictures, "picture"), pictures == 1 ? "is" : "are"));
    }
    Optional<String> format =
        entry.flatMap(file -> PictureHeader.nameOfUnsupported(start(store, folder, name, file)));
    return format.isPresent()
        ? new Rejection(
            image,
            folder.value(),
            0,
            "UNSUPPORTED",
            "it is %s file, which is not supported: convert it to JPEG or PNG"
                .formatted(format.get()))
        : PictureName.unexpected(image, folder, 0, "a picture");
  }

  private static byte[] start(ObjectStore store, Location folder, String name, ObjectEntry file) {
    int length = (int) Math.min(FIRST_BYTES, file.size());
    return length == 0
        ? new byte[0]
        : store.readRange(folder.resolve(name), file.generation(), 0, length);
  }

  /** By their names, because they are only counted. */
  private static long pictures(ObjectStore store, Location folder, int depth) {
    long pictures = 0;
    for (String name : store.list(folder)) {
      if (PictureName.isHidden(name)) {
        continue;
      }
      if (!name.endsWith("/")) {
        pictures += PictureName.isPicture(name) ? 1 : 0;
      } else if (depth < DEEPEST) {
        Location below = folder.resolve(name.substring(0, name.length() - 1));
        pictures += pictures(store, below, depth + 1);
      }
    }
    return pictures;
  }
}
