package dev.alexnet.tests.flink;

import dev.alexnet.tests.engine.RetryingRunnerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Flink within this process, with the options that the command line gives it. */
class FlinkRunnerTest extends RetryingRunnerContract {
  @Override
  protected String[] engine() {
    return new String[] {
      "--runner=FlinkRunner",
      "--flinkMaster=[local]",
      "--parallelism=2",
      "--objectReuse=true",
      "--fasterCopy=true"
    };
  }

  @Override
  protected String[] engineWithRetries() throws IOException {
    // Beam's option for retries applies to streams only; for batches Flink's own configuration
    // counts.
    Path configuration = Files.createDirectories(directory.resolve("flink"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        """
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 1000
        restart-strategy.fixed-delay.delay: 1 ms
        """);
    return Stream.concat(Stream.of(engine()), Stream.of("--flinkConfDir=" + configuration))
        .toArray(String[]::new);
  }
}
