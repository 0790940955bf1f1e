package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a Spark application that its cluster has ended from a fault of this program. */
final class EndedApplication {
  private static final Pattern SIGN =
      Pattern.compile(
          "(?m)^.*(?:SparkContext was shut down|stopped SparkContext|Master removed our application|ExecutorLostFailure).*$");

  private EndedApplication() {}

  /**
   * @param text of the engine, with stack traces
   * @return of kind REMOTE if the text says that the application has ended, or that its executors
   *     were lost too often
   */
  static Optional<Failure> in(String text, Engine engine) {
    Matcher sign = SIGN.matcher(text);
    return sign.find()
        ? Optional.of(
            new Failure(
                Failure.Kind.REMOTE,
                "The cluster ended the job of %s%s (%s). Look at what Spark wrote above, and at its master's web page; then run the same command again to continue after the shards that are complete"
                    .formatted(engine.title(), engine.place(), sign.group().strip())))
        : Optional.empty();
  }
}
