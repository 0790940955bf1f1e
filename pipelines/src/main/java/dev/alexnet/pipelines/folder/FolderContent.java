package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What lies directly in a folder, without what systems put there.
 *
 * @param folders their names, without slashes
 * @param files their names
 */
record FolderContent(Location folder, List<String> folders, List<String> files) {
  /** What people call a folder that keeps the pictures apart from what is written about them. */
  private static final Set<String> OF_PICTURES =
      Set.of("images", "image", "imgs", "img", "pictures", "photos", "jpegimages");

  private static final String ANNOTATIONS = "_annotations.txt";

  static FolderContent of(ObjectStore store, Location folder) {
    List<String> names =
        store.list(folder).stream().filter(name -> !SystemName.isOne(name)).toList();
    return new FolderContent(
        folder,
        names.stream()
            .filter(name -> name.endsWith("/"))
            .map(name -> name.substring(0, name.length() - 1))
            .toList(),
        names.stream().filter(name -> !name.endsWith("/")).toList());
  }

  boolean hasPictures() {
    return files.stream().anyMatch(PictureExtension::isAt);
  }

  /** Whether its only folder keeps the pictures, and is no class. */
  boolean hasFolderOfPictures() {
    return folders.size() == 1 && isOfPictures(folders.get(0));
  }

  static boolean isOfPictures(String name) {
    return OF_PICTURES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a folder for each class may be in it. */
  boolean hasClasses() {
    return !folders.isEmpty() && !hasPictures() && !hasFolderOfPictures();
  }

  /** Where the pictures lie if none is in a folder of its class. */
  Location flat() {
    return hasFolderOfPictures() ? folder.resolve(folders.get(0)) : folder;
  }

  /** What lies beside the folder that keeps the pictures, and is not about them. */
  List<String> besideFlat() {
    Location annotations = annotations();
    return files.stream()
        .filter(name -> hasFolderOfPictures())
        .filter(name -> annotations == null || !name.equals(annotations.name()))
        .toList();
  }

  /** The file that says the class of each picture, as {@code val_annotations.txt}; null if none. */
  Location annotations() {
    return files.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(ANNOTATIONS))
        .findFirst()
        .filter(name -> hasFolderOfPictures())
        .map(folder::resolve)
        .orElse(null);
  }
}
