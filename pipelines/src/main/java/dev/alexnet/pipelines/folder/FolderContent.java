package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What lies directly in a folder.
 *
 * @param folders their names, without slashes
 * @param files their names
 * @param ofSystems what systems put there, with slashes behind folders
 */
record FolderContent(
    Location folder, List<String> folders, List<String> files, List<String> ofSystems) {
  /** What people call a folder that keeps the pictures apart from what is written about them. */
  private static final Set<String> OF_PICTURES =
      Set.of("images", "image", "imgs", "img", "pictures", "photos", "jpegimages");

  private static final String ANNOTATIONS = "_annotations.txt";

  /**
   * @param passedOver names that are something else, such as a devkit's
   */
  static FolderContent of(ObjectStore store, Location folder, Predicate<String> passedOver) {
    List<String> all =
        store.list(folder).stream().filter(name -> !passedOver.test(withoutSlash(name))).toList();
    List<String> names = all.stream().filter(name -> !SystemName.isOne(name)).toList();
    return new FolderContent(
        folder,
        names.stream().filter(name -> name.endsWith("/")).map(FolderContent::withoutSlash).toList(),
        names.stream().filter(name -> !name.endsWith("/")).toList(),
        all.stream().filter(SystemName::isOne).toList());
  }

  private static String withoutSlash(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
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

  /** What lies beside some of its folders, with slashes behind folders. */
  List<String> beside(List<String> some) {
    return Stream.of(
            ofSystems.stream(),
            folders.stream().filter(name -> !some.contains(name)).map(name -> name + "/"),
            files.stream())
        .flatMap(names -> names)
        .toList();
  }

  /** What lies beside the folder that keeps the pictures, and is not about them. */
  List<String> besideFlat() {
    if (!hasFolderOfPictures()) {
      return List.of();
    }
    Location annotations = annotations();
    return beside(folders).stream()
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
