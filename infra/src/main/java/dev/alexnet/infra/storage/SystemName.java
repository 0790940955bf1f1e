package dev.alexnet.infra.storage;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names that operating systems, file managers and network storage put among a user's files for
 * themselves. None of them is a class or a picture.
 */
public final class SystemName {
  private static final Set<String> NAMES =
      Set.of(
          // Linux and Android
          "lost+found",
          "lost.dir",
          // macOS
          "__macosx",
          "icon\\x0d",
          "network trash folder",
          "temporary items",
          "desktop db",
          "desktop df",
          // Windows
          "$recycle.bin",
          "recycler",
          "recycled",
          "system volume information",
          "config.msi",
          "msocache",
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          // Synology and QNAP
          "@eadir",
          "#recycle",
          "#snapshot",
          "@recycle",
          "@recently-snapshot",
          "@sharebin",
          "@tmp",
          // Python
          "__pycache__");

  // What chkdsk found.
  private static final Pattern NUMBERED = Pattern.compile("found\\.\\d{3}");

  private SystemName() {}

  /**
   * @param name of a file or a folder, with or without a slash at its end
   */
  public static boolean isOne(String name) {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    String lower = plain.toLowerCase(Locale.ROOT);
    return plain.startsWith(".") || NAMES.contains(lower) || NUMBERED.matcher(lower).matches();
  }
}
