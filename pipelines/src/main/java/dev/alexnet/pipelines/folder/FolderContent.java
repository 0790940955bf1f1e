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
 * The direct content of a folder.
 *
 * @param folders their names, without slashes
 * @param files their names
 * @param systemNames what operating systems put there, with a slash after folders
 * @param empty folders for pictures that hold none and are beside other folders; with slashes
 */
record FolderContent(
    Location folder,
    List<String> folders,
    List<String> files,
    List<String> systemNames,
    List<String> empty) {
  /** Usual names of a folder that separates the pictures from files about them. */
  private static final Set<String> OF_PICTURES =
      Set.of("images", "image", "imgs", "img", "pictures", "photos", "jpegimages");

  private static final String ANNOTATIONS = "_annotations.txt";

  /**
   * @param passedOver names to ignore, such as a devkit's
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

  /** Whether it holds only what operating systems put there, and folders with only such content. */
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

  /** Whether one of its folders holds all pictures and is not a class. */
  boolean hasFolderOfPictures() {
    return (folders.size() == 1 || !annotationFiles().isEmpty())
        && folders.stream().anyMatch(FolderContent::isOfPictures);
  }

  /**
   * The folder that holds all pictures.
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

  /** The other folders, if one holds all pictures. */
  List<String> besideFolderOfPictures() {
    return hasFolderOfPictures()
        ? folders.stream().filter(name -> !isOfPictures(name)).toList()
        : List.of();
  }

  static boolean isOfPictures(String name) {
    return OF_PICTURES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether it or its folder of pictures holds pictures. */
  boolean isOfOneClass(ObjectStore store) {
    return hasPictures()
        || folders.stream()
            .filter(FolderContent::isOfPictures)
            .anyMatch(name -> of(store, folder.resolve(name), other -> false).hasPictures());
  }

  /** Whether its folders may be class folders. */
  boolean hasClasses() {
    return !folders.isEmpty() && !hasPictures() && !hasFolderOfPictures();
  }

  /** The directory of the pictures if they are not in class folders. */
  Location pictureDirectory() {
    return folderOfPictures().map(folder::resolve).orElse(folder);
  }

  /** Names beside some of its folders, with a slash after folders. */
  List<String> beside(List<String> some) {
    return Stream.of(
            systemNames.stream(),
            empty.stream(),
            folders.stream().filter(name -> !some.contains(name)).map(name -> name + "/"),
            files.stream())
        .flatMap(names -> names)
        .toList();
  }

  /**
   * Names beside the folder that holds the pictures, without the annotations.
   *
   * @param annotations the annotations; null if there are none
   */
  List<String> besidePictureDirectory(Location annotations) {
    return folderOfPictures().map(List::of).map(this::beside).orElse(List.of()).stream()
        .filter(name -> annotations == null || !name.equals(annotations.name()))
        .toList();
  }

  /** Whether a file gives the class of each picture and a folder holds the pictures. */
  boolean isAnnotated() {
    return !annotationFiles().isEmpty() && hasFolderOfPictures();
  }

  /**
   * The file with the class of each picture, such as {@code val_annotations.txt}; null if there is
   * none. If there are several, the one that is named after the split.
   *
   * @throws Failure of kind USAGE if there are several, and not exactly one of them is named after
   *     the split
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
          "%s holds more than one annotation file: %s. Keep only the one for --split %s, or rename that one to %s"
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
