package dev.alexnet.tests.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A script that is started in a process of its own.
 *
 * @param script how it is called
 * @param directory the current one of the process
 * @param environment all that the process gets
 */
record Launcher(String script, Path directory, Map<String, String> environment) {
  Launcher {
    environment = Map.copyOf(environment);
  }

  Launcher as(Path path) {
    return as(path.toString());
  }

  Launcher as(String name) {
    return new Launcher(name, directory, environment);
  }

  Launcher in(Path current) {
    return new Launcher(script, current, environment);
  }

  Launcher with(String variable, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(variable, value);
    return new Launcher(script, directory, changed);
  }

  StartedLauncher start(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return StartedLauncher.start(builder);
  }

  StartedLauncher.Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }
}
