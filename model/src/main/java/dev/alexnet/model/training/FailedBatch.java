package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says which images a training failed at. */
final class FailedBatch {
  static final String FILE = "failed-batch.txt";

  private static final int NAMED = 3;

  private FailedBatch() {}

  /**
   * Lists the images in a file, an id a line.
   *
   * @param what is not finite or too large, with its step
   * @return a failure of kind NOT_FINITE
   */
  static Failure failure(String what, List<String> imageIds, Path workdir, double learningRate) {
    Path file = workdir.resolve(FILE);
    try {
      Files.write(file, imageIds);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INPUT_OUTPUT, "Cannot write " + file + ": " + e, e);
    }
    String named = String.join(", ", imageIds.subList(0, Math.min(NAMED, imageIds.size())));
    return new Failure(
        Failure.Kind.NOT_FINITE,
        String.format(
            Locale.ROOT,
            "%s. Its batch's %d images are listed in %s: %s%s. The last checkpoint is untouched;"
                + " continue from a copy of it with a lower --learning-rate than %s, or look at the"
                + " images",
            what,
            imageIds.size(),
            file,
            named,
            imageIds.size() > NAMED ? ", …" : "",
            learningRate));
  }
}
