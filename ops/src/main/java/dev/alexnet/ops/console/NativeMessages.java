package dev.alexnet.ops.console;

import dev.alexnet.infra.failure.Failure;
import java.util.Set;

/**
 * What native libraries write to standard error. The launcher relays it, and holds back what they
 * write on sound machines too. It shows that after all if the process ends without saying that
 * nobody needs it: because it crashed, was killed, or failed for a reason that may be found there.
 */
public final class NativeMessages {
  /** Set by the launcher if it relays standard error. */
  private static final String RELAYED = "alexnet.relayed";

  /** The launcher waits for this line. */
  private static final String NOT_NEEDED = "alexnet: native messages are not needed";

  private static final Set<Integer> EXPLAINED_BY_THEM =
      Set.of(Failure.Kind.BUG.exitCode(), Failure.Kind.DEVICE.exitCode());

  private NativeMessages() {}

  /** Whether descriptor 0 is a copy of standard error for our own messages. */
  public static boolean areRelayed() {
    return Boolean.getBoolean(RELAYED);
  }

  /** Lets the launcher drop them, unless they may explain the exit code. */
  public static void dropUnlessExplaining(int exitCode) {
    if (areRelayed() && !EXPLAINED_BY_THEM.contains(exitCode)) {
      System.err.println(NOT_NEEDED);
      System.err.flush();
    }
  }
}
