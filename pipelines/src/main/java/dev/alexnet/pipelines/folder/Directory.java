package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A directory with folders of classes, or of splits. */
final class Directory {
  private final ObjectStore store;
  private final FolderContent content;
  private final Predicate<String> passedOver;

  /**
   * @param passedOver names that are something else, such as a devkit's
   */
  Directory(ObjectStore store, Location input, Predicate<String> passedOver) {
    this.store = store;
    this.content = FolderContent.of(store, input, passedOver);
    this.passedOver = passedOver;
  }

  FolderContent content() {
    return content;
  }

  FolderContent content(String folder) {
    return FolderContent.of(store, content.folder().resolve(folder), passedOver);
  }

  /** The folders that may be classes or splits. */
  List<String> folders() {
    return content.folders();
  }

  /** The folders that are called as a split. */
  List<String> splits() {
    return folders().stream().filter(name -> Split.of(name).isPresent()).toList();
  }

  List<String> named(Split split) {
    return folders().stream().filter(name -> Split.of(name).equals(Optional.of(split))).toList();
  }

  /**
   * Whether the folders that are called as splits are splits. A class may be called so too, by a
   * word such as train: it has pictures, and so have the other classes beside it.
   */
  boolean isOfSplits() {
    List<String> splits = splits();
    boolean deep =
        splits.stream()
            .map(this::content)
            .anyMatch(split -> !split.folders().isEmpty() && !split.hasPictures());
    boolean words = splits.stream().allMatch(Split::isAlsoAWord);
    return !splits.isEmpty() && (deep || !words || !hasOtherPictures(splits));
  }

  private boolean hasOtherPictures(List<String> splits) {
    return folders().stream()
        .filter(name -> !splits.contains(name))
        .anyMatch(name -> content(name).hasPictures());
  }

  boolean hasSeveralFoldersOfPictures() {
    return folders().stream().filter(name -> content(name).hasPictures()).limit(2).count() == 2;
  }

  /** What lies beside the folders of splits, with slashes behind folders. */
  List<String> besideSplits() {
    return content.beside(splits());
  }
}
