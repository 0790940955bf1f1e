package dev.alexnet.infra.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.alexnet.infra.failure.Failure;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The location of an object or of a directory of objects: a local path, or {@code gs://bucket/key}.
 * It never ends in a slash, and nothing needs to exist there.
 */
public record Location(@JsonValue String value) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String CLOUD_SCHEME = "gs://";

  @JsonCreator
  public Location {
    if (value == null || value.isBlank()) {
      throw new Failure(Failure.Kind.USAGE, "A location is empty; give a path or gs://bucket/key");
    }
    int scheme = value.indexOf("://");
    if (scheme >= 0 && !value.startsWith(CLOUD_SCHEME)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "'"
              + value
              + "' has the scheme '"
              + value.substring(0, scheme)
              + "'; a location is a local path or gs://bucket/key");
    }
    if (value.startsWith(CLOUD_SCHEME) && bucketOf(value).length() < 3) {
      throw new Failure(
          Failure.Kind.USAGE,
          bucketOf(value).isEmpty()
              ? "'%s' has no bucket; write gs://bucket/key".formatted(value)
              : "'%s' names the bucket '%s'; names of buckets have three letters or more"
                  .formatted(value, bucketOf(value)));
    }
    while (value.length() > 1 && value.endsWith("/") && !value.equals(CLOUD_SCHEME)) {
      value = value.substring(0, value.length() - 1);
    }
  }

  public static Location of(Path path) {
    return new Location(path.toString());
  }

  /** Whether this is on Google Cloud Storage. */
  public boolean isCloud() {
    return value.startsWith(CLOUD_SCHEME);
  }

  /** The location of {@code child}, a relative name with {@code /} between its parts. */
  public Location resolve(String child) {
    return new Location(value.equals("/") ? value + child : value + "/" + child);
  }

  /**
   * The directory that this lies in: {@code .} for a plain name; a bucket and {@code /} themselves.
   */
  public Location parent() {
    int slash = value.lastIndexOf('/');
    if (isCloud()) {
      return slash < CLOUD_SCHEME.length() ? this : new Location(value.substring(0, slash));
    }
    return new Location(slash < 0 ? "." : value.substring(0, Math.max(1, slash)));
  }

  /**
   * Whether this is the directory itself or lies below it, by name: {@code .} and {@code ..} in
   * local paths are resolved, links are not.
   */
  public boolean isWithin(Location directory) {
    if (isCloud() || directory.isCloud()) {
      return value.equals(directory.value) || value.startsWith(directory.value + "/");
    }
    return absolute().startsWith(directory.absolute());
  }

  private Path absolute() {
    return localPath().toAbsolutePath().normalize();
  }

  /** The same place for a process with another working directory. */
  public Location fromAnywhere() {
    return isCloud() || value.startsWith("/")
        ? this
        : of(Path.of("").toAbsolutePath()).resolve(value);
  }

  /** The last part of the name. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /**
   * The path, including one with a name that is not UTF-8 and that a listing shows with {@code
   * \\xff} in it.
   *
   * @throws Failure of kind USAGE if this is not a local path, or the platform cannot represent it
   */
  public Path localPath() {
    if (isCloud()) {
      throw new Failure(Failure.Kind.USAGE, "'" + value + "' must be a local path here");
    }
    try {
      return LocalName.path(value);
    } catch (InvalidPathException e) {
      // In the POSIX locale, Java 17 rejects every name with a non-ASCII character.
      throw new Failure(
          Failure.Kind.USAGE,
          "'"
              + value
              + "' is not a valid path here: "
              + e.getReason()
              + "; check that LC_ALL "
              + "is a UTF-8 locale",
          e);
    }
  }

  /** The bucket of a location on Google Cloud Storage. */
  public String bucket() {
    requireCloud();
    return bucketOf(value);
  }

  /** The object's key within its bucket, empty for the bucket itself. */
  public String key() {
    requireCloud();
    int slash = value.indexOf('/', CLOUD_SCHEME.length());
    return slash < 0 ? "" : value.substring(slash + 1);
  }

  private void requireCloud() {
    if (!isCloud()) {
      throw new IllegalStateException("'" + value + "' is not on Google Cloud Storage");
    }
  }

  private static String bucketOf(String value) {
    int slash = value.indexOf('/', CLOUD_SCHEME.length());
    return value.substring(CLOUD_SCHEME.length(), slash < 0 ? value.length() : slash);
  }

  @Override
  public String toString() {
    return value;
  }
}
