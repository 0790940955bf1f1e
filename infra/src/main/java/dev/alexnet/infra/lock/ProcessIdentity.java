package dev.alexnet.infra.lock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process, identified so that another process of the same machine can tell whether it still
 * exists. On a system without Linux's {@code /proc} every field but {@code user} and {@code pid} is
 * null, and nobody can tell.
 *
 * @param bootId of the machine, new at each start of it
 * @param pidNamespace in which {@code pid} counts: containers of one machine have their own
 * @param user may hide its processes from others
 * @param started in clock ticks since the machine's start; a process number is used again later
 */
record ProcessIdentity(String bootId, String pidNamespace, String user, Long pid, Long started) {
  private static final Path PROC = Path.of("/proc");
  private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");

  /** Positions in {@code /proc/PID/stat} after the name, which may contain anything. */
  private static final int STATE = 0;

  private static final int STARTED = 19;

  /** This process. */
  static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    ProcessIdentity identity = of(pid);
    // A /proc of another namespace has other numbers for its processes.
    return isSelf(pid) ? identity : unknown(pid);
  }

  private static boolean isSelf(long pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve("self")).toString().equals(Long.toString(pid));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** A process of this user. */
  static ProcessIdentity of(long pid) {
    try {
      return new ProcessIdentity(
          Files.readString(BOOT_ID).strip(),
          Files.readSymbolicLink(directoryOf(pid).resolve("ns/pid")).toString(),
          userOfThisProcess(),
          pid,
          Long.valueOf(statOf(pid).get(STARTED)));
    } catch (IOException | RuntimeException e) {
      // Not on Linux, or in a sandbox that hides it.
      return unknown(pid);
    }
  }

  private static ProcessIdentity unknown(long pid) {
    return new ProcessIdentity(null, null, userOfThisProcess(), pid, null);
  }

  private static String userOfThisProcess() {
    return System.getProperty("user.name");
  }

  private static Path directoryOf(long pid) {
    return PROC.resolve(Long.toString(pid));
  }

  private static List<String> statOf(long pid) throws IOException {
    String stat = Files.readString(directoryOf(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
  }

  /**
   * Whether the other process ran on this machine, in this namespace and as this user, and has
   * ended. False if that is not certain.
   */
  boolean knowsEnded(ProcessIdentity other) {
    boolean visible =
        bootId != null
            && pidNamespace != null
            && user != null
            && bootId.equals(other.bootId)
            && pidNamespace.equals(other.pidNamespace)
            && user.equals(other.user)
            && other.pid != null
            && other.started != null;
    return visible && hasEnded(other.pid, other.started);
  }

  private static boolean hasEnded(long pid, long started) {
    try {
      List<String> stat = statOf(pid);
      // A zombie has ended, but its parent has not asked for its exit code yet.
      boolean zombie = stat.get(STATE).equals("Z") || stat.get(STATE).equals("X");
      return zombie || !stat.get(STARTED).equals(Long.toString(started));
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
