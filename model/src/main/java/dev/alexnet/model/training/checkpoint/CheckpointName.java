package dev.alexnet.model.training.checkpoint;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of checkpoints' directories, and of the files in them. */
final class CheckpointName {
  static final String COMMIT = "COMMIT.json";

  /** The prefix of the name of a checkpoint's directory. */
  static final String STEP = "step-";

  /** The common name of the tensors' files. */
  static final String TENSORS = "tensors";

  private static final Pattern NAME = Pattern.compile(STEP + "\\d{8,}");

  private CheckpointName() {}

  /** The name of a checkpoint after a step; names sort by step. */
  static String of(long step) {
    return String.format(Locale.ROOT, STEP + "%08d", step);
  }

  /** Whether a directory is a checkpoint by its name; a user's copy beside them is not. */
  static boolean isOne(String name) {
    return NAME.matcher(name).matches();
  }

  static boolean isLater(String name, long step) {
    return name.compareTo(of(step)) > 0;
  }
}
