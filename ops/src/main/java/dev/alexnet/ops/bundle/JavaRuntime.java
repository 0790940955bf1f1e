package dev.alexnet.ops.bundle;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * Makes a Java that starts this program and no compiler, of the Java that runs it.
 *
 * @param home the directory of that Java
 * @param jlink its linker, which a JRE can lack
 */
public record JavaRuntime(Path home, Optional<ToolProvider> jlink) {
  /** All of Java's own, and what libraries ask for without a declaration that a tool could find. */
  private static final String MODULES =
      "java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  public JavaRuntime {
    requireNonNull(home, "home is null");
    requireNonNull(jlink, "jlink is null");
  }

  /** Of the Java that runs this program. */
  public static JavaRuntime ofThisProgram() {
    return new JavaRuntime(
        Path.of(System.getProperty("java.home")), ToolProvider.findFirst("jlink"));
  }

  /**
   * @param target must not exist
   * @throws Failure of kind MISMATCH if this Java cannot make another
   */
  void make(Path target) {
    ToolProvider linker = jlink.orElseThrow(() -> cannot("it has no jlink"));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int exitCode =
        linker.run(
            writer,
            writer,
            "--add-modules",
            MODULES,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            target.toString());
    if (exitCode != 0) {
      throw cannot("its jlink says: " + said.toString().strip());
    }
  }

  private Failure cannot(String reason) {
    return new Failure(
        Failure.Kind.MISMATCH,
        "The bundle gets its Java from the JDK that runs this program, and %s is not enough: %s. Install a whole JDK, such as openjdk-17-jdk-headless, or set JAVA_HOME to one"
            .formatted(home, reason));
  }
}
