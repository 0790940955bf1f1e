package dev.alexnet.ops.bundle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Random;
import java.util.spi.ToolProvider;

/** A distribution of some kilobytes, and a linker that makes a Java of some bytes. */
final class SmallDistribution {
  private SmallDistribution() {}

  static Distribution at(Path home) throws IOException {
    Files.createDirectories(home.resolve("lib"));
    executable(home.resolve("bin/alexnet"), "#!/bin/sh\necho started \"$@\"\n");
    Files.writeString(home.resolve("lib/alexnet-ops-1.jar"), "ours");
    // What does not compress, so that there are several parts.
    byte[] noise = new byte[150_000];
    new Random(7).nextBytes(noise);
    Files.write(home.resolve("lib/library-1.jar"), noise);
    return new Distribution(home);
  }

  static JavaRuntime java(Path home) {
    return new JavaRuntime(home, Optional.of(new Linker()));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static final class Linker implements ToolProvider {
    @Override
    public String name() {
      return "jlink";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
      Path target = Path.of(arguments[arguments.length - 1]);
      try {
        executable(target.resolve("bin/java"), "#!/bin/sh\n");
        Files.writeString(target.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return 0;
    }
  }
}
