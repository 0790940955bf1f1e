package dev.alexnet.pipelines.folder;

import java.util.Locale;
import java.util.Set;

/** The extensions of picture files; the content decides later. */
public final class PictureExtension {
  private static final Set<String> EXTENSIONS = Set.of("jpeg", "jpg", "png");

  private PictureExtension() {}

  public static boolean isAt(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }
}
