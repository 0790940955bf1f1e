package dev.alexnet.model.training.step;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.training.device.MemoryNeed;
import dev.alexnet.model.training.shards.ShardFiles;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/** Translates TensorFlow's failures in a step into the user's terms. */
public final class StepFailure {
  /**
   * What TensorFlow says if a GPU or its driver fails. Such errors have no type of their own, and
   * may surface in any later operation.
   */
  private static final Pattern DEVICE =
      Pattern.compile(
          "CUDA_ERROR_|CUDA (runtime )?error|CUDA runtime|cuda[A-Z]\\w+\\(\\)"
              + "|CU(DNN|BLAS)_STATUS_|DNN library|launch fail(ed|ure)|GPU sync failed"
              + "|Memcpy failed|illegal memory access|device kernel image",
          Pattern.CASE_INSENSITIVE);

  private StepFailure() {}

  /**
   * @param devices that the training computes on
   * @return a failure of kind DEVICE, or the given exception if it has another cause
   */
  public static RuntimeException ofDevices(String devices, TensorFlowException thrown) {
    Optional<String> said =
        String.valueOf(thrown.getMessage())
            .lines()
            .map(String::strip)
            .filter(DEVICE.asPredicate())
            .map(line -> line.replaceFirst("\\.$", ""))
            .findFirst();
    if (said.isEmpty()) {
      return thrown;
    }
    return new Failure(
        Failure.Kind.DEVICE,
        "One of the devices "
            + devices
            + " failed: "
            + said.get()
            + ". Checkpoints are safe. Check the devices with nvidia-smi first; then run the "
            + "same command again to continue from the last checkpoint",
        thrown);
  }

  /**
   * TensorFlow does not say which shard has a damaged record, nor which picture cannot be decoded;
   * reading all of them does. Nor does it say what to do if a shard is missing.
   *
   * @param files that the step read
   * @param need of the training
   * @return what was thrown, unless damaged data or a lack of memory explain it
   */
  static RuntimeException explaining(ShardFiles files, MemoryNeed need, RuntimeException thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (message.contains("corrupted record") || message.contains("DATA_LOSS")) {
      files.requireIntact();
    }
    if (message.contains("No such file or directory")) {
      files.requirePresent();
    }
    if (thrown instanceof TFResourceExhaustedException) {
      return new Failure(
          Failure.Kind.MISMATCH,
          String.format(
              Locale.ROOT,
              "There is not enough memory for a batch of %d: %s. %s. Give a smaller --batch",
              need.batch(),
              reason(message),
              need),
          thrown);
    }
    if (thrown instanceof TFInvalidArgumentException) {
      return new Failure(Failure.Kind.BAD_DATA, unreadable(files.dataset(), message), thrown);
    }
    return thrown;
  }

  private static String unreadable(Dataset dataset, String message) {
    Optional<UndecodablePicture> picture =
        message.contains("DecodeJpeg}}") ? UndecodablePicture.firstOf(dataset) : Optional.empty();
    return picture
        .map(
            found ->
                "The image "
                    + found.id()
                    + " in "
                    + found.where()
                    + " cannot be decoded: "
                    + reason(found.message())
                    + ". Run 'alexnet convert' on its source again, which rejects such images, or"
                    + " remove it there first")
        .orElseGet(
            () ->
                "An image of "
                    + dataset.location()
                    + " cannot be read: "
                    + reason(message)
                    + ". 'alexnet score' lists such images; convert again");
  }

  /** The first error, without its number and kind; the later lines name the place in the graph. */
  private static String reason(String message) {
    return message
        .lines()
        .map(String::strip)
        // If several operations failed, the first line only counts them.
        .filter(line -> !line.endsWith("root error(s) found."))
        .findFirst()
        .orElse("")
        .replaceFirst("^\\(\\d+\\) [A-Z_]+: ", "")
        .replaceFirst("\\.$", "");
  }
}
