package dev.alexnet.pipelines.list;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;

/**
 * The file that a path in a list of pictures refers to. A path is relative to its list, absolute,
 * or a {@code gs://} location.
 *
 * @param file the file, as the path spells it
 * @param id its shortest name: {@code a/b.png} for {@code ./a//b.png} and for {@code
 *     ../list/a/b.png}, also if a list in the directory {@code list} names it from the root
 * @param key the same for every spelling of the file
 */
public record PictureCsvPath(Location file, String id, String key) {
  private static final String SCHEME = "://";

  /**
   * @throws Failure of kind USAGE if the path is not of these forms
   */
  public static PictureCsvPath of(Location list, String path) {
    if (path.contains(SCHEME)) {
      return new PictureCsvPath(new Location(path), path, path);
    }
    String plain = withoutDots(path);
    if (list.isCloud()) {
      return inCloud(list, plain);
    }
    // Opened as written, because the operating system decides what ".." means after a link.
    Location file = plain.startsWith("/") ? new Location(plain) : list.parent().resolve(plain);
    // A file's path may hold bytes that its text does not show, so names are made from the text
    // alone.
    requireNonNull(file.localPath(), "A location has a path");
    Path directory = Path.of(list.parent().value()).toAbsolutePath().normalize();
    Path place = directory.resolve(plain).normalize();
    boolean inside = place.startsWith(directory) && !place.equals(directory);
    String id = inside || !plain.startsWith("/") ? directory.relativize(place).toString() : plain;
    return new PictureCsvPath(file, id.isEmpty() ? plain : id, place.toString());
  }

  private static PictureCsvPath inCloud(Location list, String path) {
    if (path.startsWith("/") || path.startsWith("../") || path.contains("/../")) {
      throw new Failure(
          Failure.Kind.USAGE,
          "'"
              + path
              + "' leads out of the directory of the list, which is not allowed for a list in the"
              + " cloud");
    }
    Location file = list.parent().resolve(path);
    return new PictureCsvPath(file, path, file.value());
  }

  /** The path without redundant parts. */
  private static String withoutDots(String path) {
    String plain = path.replaceAll("/+(\\./+)*", "/");
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    return plain;
  }
}
