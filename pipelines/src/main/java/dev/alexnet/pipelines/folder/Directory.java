package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A directory that holds class folders or split folders. */
final class Directory {
  private final ObjectStore store;
  private final FolderContent content;
  private final Predicate<String> passedOver;

  /**
   * @param passedOver names to ignore, such as a devkit's
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

  /** The folders that are named after a split. */
  List<String> splits() {
    return folders().stream().filter(name -> Split.of(name).isPresent()).toList();
  }

  List<String> named(Split split) {
    return folders().stream().filter(name -> Split.of(name).equals(Optional.of(split))).toList();
  }

  /**
   * Whether the folders that are named after splits are splits. A class may also have such a name,
   * for example train: then it has pictures, and so have the other classes beside it.
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

  /** Names beside the split folders, with a slash after folders. */
  List<String> besideSplits() {
    return content.beside(splits());
  }
}
