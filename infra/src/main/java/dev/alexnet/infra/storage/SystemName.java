package dev.alexnet.infra.storage;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of files and folders that operating systems, file managers and network storage create for
 * themselves among a user's files. They are never taken for classes or pictures, so a class with
 * such a name must be renamed.
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
          "backups.backupdb",
          "desktop db",
          "desktop df",
          // Windows
          "$recycle.bin",
          "$windows.~bt",
          "$windows.~ws",
          "$winreagent",
          "windowsapps",
          "wpsettings.dat",
          "recycler",
          "recycled",
          "system volume information",
          "config.msi",
          "msocache",
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "picasa.ini",
          // Synology, QNAP, NetApp and GoodSync
          "~snapshot",
          "_gsdata_",
          "@eadir",
          "#recycle",
          "#snapshot",
          "@recycle",
          "@recently-snapshot",
          "@sharebin",
          "@tmp",
          // Python
          "__pycache__");

  // Folders of files that chkdsk recovered.
  private static final Pattern NUMBERED = Pattern.compile("found\\.\\d{3}");

  // What file managers append to the name of a copy.
  private static final Pattern COPY = Pattern.compile(" \\(\\d+\\)$");

  private SystemName() {}

  /**
   * @param name of a file or a folder, with or without a slash at its end
   */
  public static boolean isOne(String name) {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    String lower = COPY.matcher(plain.toLowerCase(Locale.ROOT)).replaceFirst("");
    return plain.startsWith(".") || NAMES.contains(lower) || NUMBERED.matcher(lower).matches();
  }
}
