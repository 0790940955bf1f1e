package dev.alexnet.tests.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Java processes with the class path of the tests, which end with this process. */
public final class BoundJava {
  private BoundJava() {}

  /**
   * @param directory in which it works, and leaves its temporary files
   * @param options of the Java virtual machine
   * @param first directories and jars ahead of the class path of the tests
   * @param command the main class and its arguments
   * @param environment variables in addition to this process's
   */
  public static ProcessBuilder builder(
      Path directory,
      List<String> options,
      List<Path> first,
      List<String> command,
      Map<String, String> environment) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-Djava.awt.headless=true");
    words.add("-Djava.io.tmpdir=" + directory);
    words.add("-cp");
    words.add(classPath(first));
    words.add(BoundMain.class.getName());
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().putAll(environment);
    return builder;
  }

  private static String classPath(List<Path> first) {
    List<String> entries = new ArrayList<>(first.stream().map(Path::toString).toList());
    entries.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, entries);
  }
}
