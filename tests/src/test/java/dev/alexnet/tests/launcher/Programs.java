package dev.alexnet.tests.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A directory of programs that is the whole PATH, so that a test decides which programs exist. */
record Programs(Path directory) {
  /** A stub of Java that prints how it was started. */
  static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'Picked up JAVA_TOOL_OPTIONS: -Dversion=1' >&2
        echo 'openjdk version "21.0.2" 2024-01-16' >&2
        exit
      fi
      echo "process $$"
      echo "directory $(pwd)"
      for name in LC_ALL COLUMNS TF_CPP_MIN_LOG_LEVEL NVIDIA_TF32_OVERRIDE TF_DETERMINISTIC_OPS; do
        eval "echo \\"$name \\${$name-unset}\\""
      done
      for argument; do
        printf '<%s>\\n' "$argument"
      done
      """;

  static Programs in(Path directory) throws IOException {
    return new Programs(Files.createDirectories(directory));
  }

  /** Adds programs of this machine. */
  Programs with(String... names) throws IOException {
    for (String name : names) {
      script(name, "#!/bin/sh\nexec '" + find(name) + "' \"$@\"\n");
    }
    return this;
  }

  private static Path find(String name) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .map(part -> Path.of(part, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no " + name + " in the PATH"));
  }

  Programs script(String name, String text) throws IOException {
    Path script = directory.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }
}
