package dev.alexnet.ops.launch.policy;

import dev.alexnet.infra.failure.Failure;
import java.util.Map;
import java.util.Optional;

/** What the exit codes of tasks mean: those of the program, of its container and of the service. */
final class TaskExit {
  static final int OUT_OF_MEMORY = 128 + 9;

  /** Those of the service are above all of the program. */
  private static final int FIRST_OF_SERVICE = 50_000;

  private static final Map<Integer, String> OTHERS =
      Map.of(
          125,
          "the container did not start",
          128 + 2,
          "stopped by SIGINT",
          OUT_OF_MEMORY,
          "killed, as when a machine has no memory left",
          128 + 15,
          "stopped by SIGTERM",
          50001,
          "the machine was taken back",
          50002,
          "the machine did not report any more",
          50003,
          "the machine was started again",
          50004,
          "the task did not answer any more",
          50005,
          "the task reached its longest duration",
          50006,
          "the machine was made anew");

  private TaskExit() {}

  /** Empty if the code is of none of them. */
  static Optional<String> meaning(int code) {
    return Failure.Kind.ofExitCode(code)
        .map(Failure.Kind::meaning)
        .or(() -> Optional.ofNullable(OTHERS.get(code)));
  }

  static boolean isOfService(int code) {
    return code >= FIRST_OF_SERVICE;
  }
}
