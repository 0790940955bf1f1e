package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a worker that lacks our libraries, or some of them, from a fault of this program. */
final class MissingClass {
  private static final Pattern NAME =
      Pattern.compile(
          "java\\.lang\\.(?:ClassNotFoundException|NoClassDefFoundError): ([\\w$]+(?:[./][\\w$]+)+)");

  private MissingClass() {}

  /**
   * @param text of an engine, with stack traces of workers
   * @return of kind MISMATCH if the text says that a class is missing which this process has
   */
  static Optional<Failure> in(String text, Engine engine) {
    Matcher missing = NAME.matcher(text);
    while (missing.find()) {
      String name = missing.group(1).replace('/', '.');
      if (isHere(name)) {
        return Optional.of(
            new Failure(
                Failure.Kind.MISMATCH,
                "A worker of %s%s lacks the class %s, which this command has. Put the command's libraries on every machine of the cluster, restart the cluster, and run the same command again; docs/clusters.md says how"
                    .formatted(engine.title(), engine.place(), name)));
      }
    }
    return Optional.empty();
  }

  private static boolean isHere(String name) {
    try {
      return Class.forName(name, false, MissingClass.class.getClassLoader()) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
