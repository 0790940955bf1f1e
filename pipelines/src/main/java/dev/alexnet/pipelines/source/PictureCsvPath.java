package dev.alexnet.pipelines.source;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;

/**
 * What a path in a list of pictures leads to. A path is relative to its list, or absolute, or a
 * {@code gs://} location.
 *
 * @param file the file, as the path says
 * @param id the shortest name of it: {@code a/b.png} for {@code ./a//b.png} and for {@code
 *     ../list/a/b.png}, also where a list in the directory {@code list} names it from the root
 * @param place the same for every spelling of a file
 */
record PictureCsvPath(Location file, String id, String place) {
  private static final String SCHEME = "://";

  /**
   * @throws Failure of kind USAGE where it is none of these
   */
  static PictureCsvPath of(Location list, String path) {
    if (path.contains(SCHEME)) {
      return new PictureCsvPath(new Location(path), path, path);
    }
    String plain = withoutDots(path);
    if (list.isCloud()) {
      return inCloud(list, plain);
    }
    // To be opened as it was written: what ".." means behind a link is the system's to say.
    Location file = plain.startsWith("/") ? new Location(plain) : list.parent().resolve(plain);
    // The path of a file may have bytes that its text lacks, so that names are of the texts alone.
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
          "'" + path + "' leads out of the list's directory, which a list in the cloud may not");
    }
    Location file = list.parent().resolve(path);
    return new PictureCsvPath(file, path, file.value());
  }

  /** The path without parts that say nothing. */
  private static String withoutDots(String path) {
    String plain = path.replaceAll("/+(\\./+)*", "/");
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    return plain;
  }
}
