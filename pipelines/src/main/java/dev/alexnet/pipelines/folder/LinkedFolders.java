package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Class folders that are links. */
public final class LinkedFolders {
  private LinkedFolders() {}

  /**
   * Refuses two class folders that are one directory, because each of its pictures would have two
   * labels.
   *
   * @throws Failure of kind BAD_DATA that names both
   */
  public static void requireDifferent(Location directory, List<String> folders) {
    if (directory.isCloud() || folders.stream().noneMatch(name -> isLink(directory, name))) {
      return;
    }
    Map<Path, String> folderOfPlace = new HashMap<>();
    for (String folder : folders) {
      String before = folderOfPlace.putIfAbsent(place(directory.resolve(folder)), folder);
      if (before != null) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "The class folders %s and %s of %s are one directory, because at least one of them is a link, so its pictures have two classes. Remove one of the two"
                .formatted(before, folder, directory));
      }
    }
  }

  private static boolean isLink(Location directory, String folder) {
    return Files.isSymbolicLink(directory.resolve(folder).localPath());
  }

  private static Path place(Location folder) {
    try {
      return folder.localPath().toRealPath();
    } catch (IOException e) {
      throw Failure.inputOutput("follow", folder, e);
    }
  }
}
