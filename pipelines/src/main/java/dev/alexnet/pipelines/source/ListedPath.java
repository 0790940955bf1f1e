package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;

/** What a path in a list of pictures leads to. */
final class ListedPath {
  private static final String SCHEME = "://";

  private ListedPath() {}

  /** The path without parts that say nothing, so that {@code ./a//b.png} is {@code a/b.png}. */
  static String id(String path) {
    if (path.contains(SCHEME)) {
      return path;
    }
    String id = path.replaceAll("/+(\\./+)*", "/");
    while (id.startsWith("./")) {
      id = id.substring(2);
    }
    return id;
  }

  /**
   * A path is relative to its list, or absolute, or a {@code gs://} location.
   *
   * @throws Failure of kind USAGE where it is none of them
   */
  static Location resolve(Location list, String path) {
    if (path.contains(SCHEME)) {
      return new Location(path);
    }
    boolean absolute = path.startsWith("/");
    if (list.isCloud() && (absolute || path.startsWith("../") || path.contains("/../"))) {
      throw new Failure(
          Failure.Kind.USAGE,
          "'" + path + "' leads out of the list's directory, which a list in the cloud may not");
    }
    return absolute ? new Location(path) : list.parent().resolve(path);
  }
}
