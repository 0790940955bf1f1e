package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Files that hold pictures, but must be unpacked before the pictures can be read. */
public final class PackedDownload {
  // In the order in which they are tried, so that .tar.gz is not taken for .gz.
  private static final List<Map.Entry<List<String>, String>> COMMANDS =
      List.of(
          Map.entry(
              List.of(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
              "tar -xf"),
          Map.entry(List.of(".zip"), "unzip"),
          Map.entry(List.of(".7z", ".rar"), "7z x"));

  private static final List<String> TABLES = List.of(".arrow", ".tfrecord");

  private PackedDownload() {}

  /** What to do about the first such file; empty if there is none. */
  public static Optional<String> advice(List<Location> files) {
    return files.stream().map(PackedDownload::adviceOn).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> adviceOn(Location file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (TABLES.stream().anyMatch(name::endsWith)) {
      return Optional.of(
          "%s is a table with pictures in its rows, which is not read. Write its pictures to a folder for each class"
              .formatted(file));
    }
    return COMMANDS.stream()
        .filter(command -> command.getKey().stream().anyMatch(name::endsWith))
        .findFirst()
        .map(
            command ->
                "Unpack it with '%s %s', and give the folder that it unpacks to as --input"
                    .formatted(command.getValue(), file));
  }
}
