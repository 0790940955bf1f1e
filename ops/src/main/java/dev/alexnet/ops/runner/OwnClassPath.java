package dev.alexnet.ops.runner;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The libraries that this process runs with. */
record OwnClassPath(List<Path> entries) {
  /** Flink brings these, and a second SLF4J would silence its log. */
  private static final List<String> FLINKS_OWN = List.of("flink-", "slf4j-");

  OwnClassPath {
    entries = List.copyOf(entries);
  }

  static OwnClassPath ofThisProcess() {
    return new OwnClassPath(
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().normalize())
            .toList());
  }

  /** For the command line of another Java process. */
  String text() {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  /** The names of the jars that a Flink cluster does not have by itself, with their versions. */
  Set<String> jarsForFlink() {
    Set<String> names = new TreeSet<>();
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      if (name.endsWith(".jar") && FLINKS_OWN.stream().noneMatch(name::startsWith)) {
        names.add(name);
      }
    }
    return names;
  }
}
