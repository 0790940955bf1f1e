package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import java.util.Locale;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Says in the user's terms what TensorFlow failed with in a step. */
final class StepFailure {
  private StepFailure() {}

  /**
   * TensorFlow does not say in which shard a record is damaged; reading them all does. Nor does it
   * say what to do about a shard that has vanished.
   *
   * @param dataset that the step read
   * @param need of the training
   * @return what was thrown, unless damaged data or a lack of memory explain it
   */
  static RuntimeException explaining(Dataset dataset, MemoryNeed need, RuntimeException thrown) {
    String message = String.valueOf(thrown.getMessage());
    // Where several operations failed, the first line only counts them.
    String first =
        message
            .lines()
            .map(String::strip)
            .filter(line -> !line.endsWith("root error(s) found."))
            .findFirst()
            .orElse("");
    if (message.contains("corrupted record") || message.contains("DATA_LOSS")) {
      dataset.readAllRecords();
    }
    if (message.contains("No such file or directory")) {
      dataset.requireShards();
    }
    if (thrown instanceof TFResourceExhaustedException) {
      return new Failure(
          Failure.Kind.MISMATCH,
          String.format(
              Locale.ROOT,
              "There is not enough memory for a batch of %d: %s. %s. Give a smaller --batch",
              need.batch(),
              first,
              need),
          thrown);
    }
    if (thrown instanceof TFInvalidArgumentException) {
      return new Failure(
          Failure.Kind.BAD_DATA,
          "An image of "
              + dataset.location()
              + " cannot be read: "
              + first
              + ". 'alexnet score' lists such images; convert again",
          thrown);
    }
    return thrown;
  }
}
