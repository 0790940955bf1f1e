package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.infra.text.NameList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What lies directly in a folder.
 *
 * @param folders their names, without slashes
 * @param files their names
 * @param ofSystems what systems put there, with slashes behind folders
 * @param empty folders of pictures that hold none and lie beside others; with slashes
 */
record FolderContent(
    Location folder,
    List<String> folders,
    List<String> files,
    List<String> ofSystems,
    List<String> empty) {
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
    List<String> folders =
        names.stream().filter(name -> name.endsWith("/")).map(FolderContent::withoutSlash).toList();
    List<String> empty =
        folders.stream()
            .filter(name -> folders.size() > 1 && isOfPictures(name))
            .filter(name -> isEmpty(store, folder.resolve(name)))
            .toList();
    return new FolderContent(
        folder,
        folders.stream().filter(name -> !empty.contains(name)).toList(),
        names.stream().filter(name -> !name.endsWith("/")).toList(),
        all.stream().filter(SystemName::isOne).toList(),
        empty.stream().map(name -> name + "/").toList());
  }

  /** Whether it holds nothing but what systems put there, and folders that hold nothing else. */
  private static boolean isEmpty(ObjectStore store, Location folder) {
    return store.list(folder).stream()
        .filter(name -> !SystemName.isOne(name))
        .allMatch(
            name ->
                name.endsWith("/")
                    && store.list(folder.resolve(withoutSlash(name))).stream()
                        .allMatch(SystemName::isOne));
  }

  private static String withoutSlash(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  boolean hasPictures() {
    return files.stream().anyMatch(PictureExtension::isAt);
  }

  /** Whether one of its folders keeps the pictures, and is not a class. */
  boolean hasFolderOfPictures() {
    return (folders.size() == 1 || !annotationFiles().isEmpty())
        && folders.stream().anyMatch(FolderContent::isOfPictures);
  }

  /**
   * The folder that keeps the pictures.
   *
   * @throws Failure of kind USAGE if there are several
   */
  private Optional<String> folderOfPictures() {
    List<String> ofPictures = folders.stream().filter(FolderContent::isOfPictures).toList();
    if (hasFolderOfPictures() && ofPictures.size() > 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds %s and more than one folder of pictures: %s. Keep only the folder that the file describes"
              .formatted(
                  folder,
                  annotationFiles().get(0),
                  NameList.of(ofPictures.stream().map(name -> name + "/").toList())));
    }
    return ofPictures.stream().filter(name -> hasFolderOfPictures()).findFirst();
  }

  /** The other folders, if one keeps the pictures. */
  List<String> besideFolderOfPictures() {
    return hasFolderOfPictures()
        ? folders.stream().filter(name -> !isOfPictures(name)).toList()
        : List.of();
  }

  static boolean isOfPictures(String name) {
    return OF_PICTURES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether it holds pictures, or its folder of pictures does. */
  boolean isOfOneClass(ObjectStore store) {
    return hasPictures()
        || folders.stream()
            .filter(FolderContent::isOfPictures)
            .anyMatch(name -> of(store, folder.resolve(name), other -> false).hasPictures());
  }

  /** Whether a folder for each class may be in it. */
  boolean hasClasses() {
    return !folders.isEmpty() && !hasPictures() && !hasFolderOfPictures();
  }

  /** Where the pictures lie if none is in a folder of its class. */
  Location pictureDirectory() {
    return folderOfPictures().map(folder::resolve).orElse(folder);
  }

  /** What lies beside some of its folders, with slashes behind folders. */
  List<String> beside(List<String> some) {
    return Stream.of(
            ofSystems.stream(),
            empty.stream(),
            folders.stream().filter(name -> !some.contains(name)).map(name -> name + "/"),
            files.stream())
        .flatMap(names -> names)
        .toList();
  }

  /**
   * What lies beside the folder that keeps the pictures, and does not describe them.
   *
   * @param annotations the file that is about them; null if none is
   */
  List<String> besidePictureDirectory(Location annotations) {
    return folderOfPictures().map(List::of).map(this::beside).orElse(List.of()).stream()
        .filter(name -> annotations == null || !name.equals(annotations.name()))
        .toList();
  }

  /** Whether a file says the class of each picture, and a folder keeps these. */
  boolean isAnnotated() {
    return !annotationFiles().isEmpty() && hasFolderOfPictures();
  }

  /**
   * The file that says the class of each picture, as {@code val_annotations.txt}; null if none. Of
   * several it is the one that is named after the split.
   *
   * @throws Failure of kind USAGE if there are several, and not one of them is the split's own
   */
  Location annotations(Split split) {
    if (!isAnnotated()) {
      return null;
    }
    List<String> all = annotationFiles();
    List<String> own = all.stream().filter(name -> isOf(split, name)).toList();
    if (all.size() > 1 && own.size() != 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds more than one file of annotations: %s. Keep only the one of --split %s, or name it %s"
              .formatted(
                  folder, NameList.of(all), split.title(), split.words().get(0) + ANNOTATIONS));
    }
    return folder.resolve(all.size() > 1 ? own.get(0) : all.get(0));
  }

  private List<String> annotationFiles() {
    return files.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(ANNOTATIONS))
        .toList();
  }

  private static boolean isOf(Split split, String annotations) {
    String word = annotations.substring(0, annotations.length() - ANNOTATIONS.length());
    return Split.of(word).equals(Optional.of(split));
  }
}
