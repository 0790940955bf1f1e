package dev.alexnet.pipelines.folder;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The meaning of a directory's folders. This is the one place that decides which of them are
 * classes, which are splits, and which do not give the classes of their pictures.
 *
 * @param kind where the classes of the pictures come from
 * @param directory the directory of the class folders, or of the pictures themselves
 * @param classes the names of the class folders, or, if the pictures are not in class folders,
 *     those of the training set beside them; sorted by their bytes
 * @param annotations the file with the class of each picture; null for other kinds
 * @param beside names in the input that are ignored because they do not belong to a split
 */
public record PictureFolders(
    Kind kind,
    Location directory,
    List<String> classes,
    Location annotations,
    List<String> beside) {

  /** Where the classes of the pictures come from. */
  public enum Kind {
    /** From a folder for each class. */
    CLASSES,
    /** From a file of annotations beside a folder of pictures. */
    ANNOTATED,
    /** From the names of the pictures, which hold wnids. */
    NAMED,
    /** From a list by the numbers in ILSVRC's own names of validation pictures. */
    NUMBERED,
    /** Nowhere: they are unknown. */
    UNLABELLED
  }

  private static final Pattern NUMBERED = Pattern.compile("ILSVRC\\d{4}_val_\\d{8}\\.JPEG");

  public PictureFolders {
    requireNonNull(kind, "kind is null");
    requireNonNull(directory, "directory is null");
    classes = List.copyOf(classes);
    beside = List.copyOf(beside);
  }

  /**
   * Whether a directory can be read as folders, even if it can also be read in other ways.
   *
   * @param passedOver names that are something else, such as a devkit's
   */
  public static boolean fits(
      ObjectStore store, Location input, Split split, Predicate<String> passedOver) {
    Directory directory = new Directory(store, input, passedOver);
    List<String> ofSplit = directory.named(split);
    return directory.isOfSplits()
        ? ofSplit.stream().anyMatch(name -> isLabelled(directory.content(name)))
        : directory.content().isAnnotated() || directory.hasSeveralFoldersOfPictures();
  }

  private static boolean isLabelled(FolderContent content) {
    return content.hasClasses() || content.isAnnotated();
  }

  /** The folders that may be classes or splits, followed by the pictures beside them. */
  public static List<String> candidates(
      ObjectStore store, Location input, Predicate<String> passedOver) {
    Directory directory = new Directory(store, input, passedOver);
    return Stream.concat(
            directory.folders().stream(),
            directory.content().files().stream().filter(PictureExtension::isAt))
        .toList();
  }

  /**
   * Decides what the folders mean.
   *
   * @param passedOver names that are something else, such as a devkit's
   * @throws Failure of kind INPUT_MISSING if there is no class folder, or no folder for the split;
   *     BAD_DATA if the classes of its pictures are unknown, or only some of the pictures are in
   *     class folders; USAGE if there are two folders or two files of annotations for the split
   */
  public static PictureFolders find(
      ObjectStore store, Location input, Split split, Predicate<String> passedOver) {
    Directory directory = new Directory(store, input, passedOver);
    if (!directory.isOfSplits()) {
      Location parent = input.name().equals(".") ? null : input.parent();
      return of(
          store,
          directory.content(),
          split,
          () -> parent == null ? List.of() : trainingClasses(store, parent, input, passedOver),
          List.of());
    }
    List<String> folders = directory.named(split);
    if (folders.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "%s holds pictures in %s, but no folder for --split %s, such as %s. Choose another --split, or give the folder of this split as --input"
              .formatted(
                  input,
                  NameList.of(directory.splits().stream().map(name -> name + "/").toList()),
                  split.title(),
                  NameList.of(split.words().subList(0, 3))));
    }
    if (folders.size() > 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds more than one folder for --split %s: %s. Give the one that you mean as --input"
              .formatted(
                  input,
                  split.title(),
                  NameList.of(folders.stream().map(name -> name + "/").toList())));
    }
    FolderContent content = directory.content(folders.get(0));
    return of(
        store,
        content,
        split,
        () -> trainingClasses(store, input, content.folder(), passedOver),
        directory.besideSplits());
  }

  private static PictureFolders of(
      ObjectStore store,
      FolderContent content,
      Split split,
      Supplier<List<String>> training,
      List<String> beside) {
    requireNotHalfMoved(store, content);
    Location annotations = content.annotations(split);
    if (annotations != null) {
      return new PictureFolders(
          Kind.ANNOTATED,
          content.pictureDirectory(),
          training.get(),
          annotations,
          and(beside, content.besidePictureDirectory(annotations)));
    }
    if (!content.folders().isEmpty() && !content.hasFolderOfPictures()) {
      WrapperFolder.refuse(store, content, split);
      return new PictureFolders(
          Kind.CLASSES, content.folder(), content.folders(), null, and(beside, content.empty()));
    }
    FolderContent pictures = FolderContent.of(store, content.pictureDirectory(), name -> false);
    if (!pictures.hasPictures()) {
      throw noClassFolder(content, pictures);
    }
    return new PictureFolders(
        kindOfLoose(pictures, split),
        content.pictureDirectory(),
        training.get(),
        null,
        and(beside, content.besidePictureDirectory(null)));
  }

  private static Kind kindOfLoose(FolderContent pictures, Split split) {
    List<String> names = pictures.files().stream().filter(PictureExtension::isAt).toList();
    if (names.stream().anyMatch(WnidInName::isIn)) {
      return Kind.NAMED;
    }
    if (split == Split.VALIDATION && names.stream().anyMatch(NUMBERED.asMatchPredicate())) {
      return Kind.NUMBERED;
    }
    if (split == Split.TEST) {
      return Kind.UNLABELLED;
    }
    throw new Failure(
        Failure.Kind.BAD_DATA,
        "%s holds pictures, but no folder for each class, so their classes are unknown. Move them into folders named after their classes, or give a list of paths and classes as --input. Only --split test accepts pictures of unknown classes"
            .formatted(pictures.folder()));
  }

  /** The classes whose folders have the name of a folder of pictures, such as images. */
  public List<String> ambiguousClasses() {
    return kind == Kind.CLASSES
        ? classes.stream().filter(FolderContent::isOfPictures).toList()
        : List.of();
  }

  private static Failure noClassFolder(FolderContent content, FolderContent flat) {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        content.hasFolderOfPictures() && flat.hasClasses()
            ? "There is no class folder in %s, but there are folders in %s: %s. Give --input %s"
                .formatted(
                    content.folder(),
                    flat.folder(),
                    NameList.of(flat.folders().stream().map(name -> name + "/").toList()),
                    flat.folder())
            : "There is no class folder in %s; it must hold a folder for each class, such as n01440764/ with .JPEG files"
                .formatted(flat.folder()));
  }

  /** Refuses an annotated folder whose pictures were only partly moved into class folders. */
  private static void requireNotHalfMoved(ObjectStore store, FolderContent content) {
    List<String> classes =
        content.besideFolderOfPictures().stream()
            .filter(
                name ->
                    FolderContent.of(store, content.folder().resolve(name), other -> false)
                        .isOfOneClass(store))
            .map(name -> name + "/")
            .toList();
    if (!classes.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is not empty, and folders beside it hold pictures, too: %s. Either move all pictures into the folders of their classes and delete it, or move all pictures back into it, so that the annotations beside it give their classes"
              .formatted(content.pictureDirectory(), NameList.of(classes)));
    }
  }

  private static List<String> and(List<String> names, List<String> more) {
    return Stream.concat(names.stream(), more.stream()).toList();
  }

  /** The classes of loose pictures that have them in their names. */
  private static List<String> wnidsOf(ObjectStore store, FolderContent content) {
    return FolderContent.of(store, content.pictureDirectory(), name -> false).files().stream()
        .filter(PictureExtension::isAt)
        .map(WnidInName::of)
        .filter(wnids -> wnids.size() == 1)
        .flatMap(Set::stream)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The classes of the training set of a directory, or of the one beside it if it is a split
   * itself.
   */
  public static List<String> trainingClasses(ObjectStore store, Location input) {
    return Split.of(input.name()).isPresent()
        ? trainingClasses(store, input.parent(), input, name -> false)
        : trainingClasses(store, input, input.resolve(Split.TRAIN.words().get(0)), name -> false);
  }

  /** The classes of the training set beside a folder. */
  private static List<String> trainingClasses(
      ObjectStore store, Location input, Location besides, Predicate<String> passedOver) {
    if (Split.of(besides.name()).isEmpty()) {
      return List.of();
    }
    Directory directory = new Directory(store, input, passedOver);
    List<String> folders = directory.isOfSplits() ? directory.named(Split.TRAIN) : List.of();
    if (folders.size() != 1) {
      return List.of();
    }
    FolderContent training = directory.content(folders.get(0));
    requireNotHalfMoved(store, training);
    return training.hasClasses() ? training.folders() : wnidsOf(store, training);
  }
}
