package dev.alexnet.pipelines.parquet;

import java.util.regex.Pattern;

/**
 * Ids of pictures in rows. Only ImageNet's own names are unique in a set; other paths are often the
 * same in every row, so they follow the row's number.
 */
final class PictureId {
  private static final Pattern OFFICIAL =
      Pattern.compile(
          "(?:n\\d{8}_\\d+(?:_n\\d{8})?|ILSVRC\\d{4}_(?:train|val|test)_\\d{8}(?:_n\\d{8})?)\\.JPEG");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

  private PictureId() {}

  /**
   * @param stem the file's name without an extension
   * @param path null if the row has none
   */
  static String of(String stem, long row, String path) {
    String name = path == null ? "" : fileName(path);
    if (OFFICIAL.matcher(name).matches()) {
      return name;
    }
    return stem + "/" + row + (PLAIN.matcher(name).matches() ? "_" + name : "");
  }

  /** The last part of a path, of any operating system. */
  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
