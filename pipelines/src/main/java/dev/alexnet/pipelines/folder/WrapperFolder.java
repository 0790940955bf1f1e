package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder that is no class, but wraps what should have been given as the input: unpacking {@code
 * imagenette2.tgz} in {@code data/} makes {@code data/imagenette2/train/}.
 */
final class WrapperFolder {
  // Folders without pictures are rare, so few of many are looked into.
  private static final int LOOKED_INTO = 20;
  private static final int DEEPEST = 5;

  private WrapperFolder() {}

  /**
   * Refuses folders of which none has pictures, if one of them holds folders, archives or lists.
   *
   * @throws Failure of kind INPUT_MISSING that names the folder to give instead
   */
  static void refuse(ObjectStore store, FolderContent content, Split split) {
    if (content.folders().stream().anyMatch(name -> isOfOneClass(store, content, name))) {
      return;
    }
    List<Location> wrappers =
        content.folders().stream()
            .filter(name -> Split.of(name).filter(other -> other != split).isEmpty())
            .limit(LOOKED_INTO)
            .map(content.folder()::resolve)
            .map(folder -> innermost(store, folder, DEEPEST))
            .flatMap(Optional::stream)
            .toList();
    if (wrappers.isEmpty()) {
      return;
    }
    FolderContent first = FolderContent.of(store, wrappers.get(0), name -> false);
    throw new Failure(
        Failure.Kind.INPUT_MISSING,
        "There are no pictures in the folders of %s, but %s holds %s. %s"
            .formatted(
                content.folder(),
                first.folder(),
                NameList.of(first.beside(List.of())),
                wrappers.size() == 1
                    ? "Give --input " + first.folder()
                    : "Give the one that you mean as --input: "
                        + NameList.of(wrappers.stream().map(Location::value).toList())));
  }

  private static boolean isOfOneClass(ObjectStore store, FolderContent content, String name) {
    return FolderContent.of(store, content.folder().resolve(name), other -> false)
        .isOfOneClass(store);
  }

  /** The first folder on the way down that holds more than one other folder. */
  private static Optional<Location> innermost(ObjectStore store, Location folder, int depth) {
    FolderContent content = FolderContent.of(store, folder, name -> false);
    if (content.files().stream().anyMatch(WrapperFolder::isArchiveOrList)) {
      return Optional.of(folder);
    }
    List<String> folders = content.folders();
    if (folders.isEmpty()) {
      return Optional.empty();
    }
    if (folders.size() == 1 && Split.of(folders.get(0)).isEmpty() && depth > 0) {
      Location only = folder.resolve(folders.get(0));
      if (FolderContent.of(store, only, name -> false).isOfOneClass(store)) {
        return Optional.of(folder);
      }
      return innermost(store, only, depth - 1);
    }
    return Optional.of(folder);
  }

  private static boolean isArchiveOrList(String name) {
    return List.of(".tar", ".tar.gz", ".tgz", ".csv", ".tsv", ".parquet").stream()
        .anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }
}
