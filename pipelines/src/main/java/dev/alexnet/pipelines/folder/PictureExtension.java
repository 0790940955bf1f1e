package dev.alexnet.pipelines.folder;

import java.util.Locale;
import java.util.Set;

/**
 * The extensions of picture files; the content decides later. Those of formats that are not read
 * are among them: such files are rejected with the name of the format, and many are JPEG files with
 * a wrong name.
 */
public final class PictureExtension {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpeg", "jpg", "jpe", "jfif", "jif", "png", "gif", "bmp", "dib", "tif", "tiff", "webp",
          "heic", "heif", "avif", "jxl", "jp2");

  private PictureExtension() {}

  public static boolean isAt(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }
}
