package dev.alexnet.tests.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Jobs with every step of the default one, so small that they end within seconds. */
public final class SmallJob {
  private static final String DEFAULT =
      """
      synth:
        classes: 3
        train-per-class: 20
        val-per-class: 6
      convert:
        size: 56
        shards: 3
      augment:
        copies: 2
        operations: random_crop(48) | flip | colour(0.1)
      train:
        preset: mini
        steps: 30
        batch: 16
        checkpoint-steps: 10
      score:
        batch: 16
      """;

  private SmallJob() {}

  public static Path write(Path directory) throws IOException {
    return Files.writeString(directory.resolve("job.yaml"), DEFAULT);
  }

  public static List<String> command(Path job, String workdir) {
    return List.of("run", "--config", job.toString(), "--workdir", workdir);
  }
}
