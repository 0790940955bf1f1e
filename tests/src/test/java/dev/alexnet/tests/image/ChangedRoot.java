package dev.alexnet.tests.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts programs that see one directory as their whole file system, in which they have no rights:
 * a container without a container's tools. What starts keeps its process, so a signal reaches it.
 */
public final class ChangedRoot {
  /** Of nobody. */
  static final int USER = 65532;

  /** Shows the directory the machine's processes and devices, and enters it as a program's root. */
  private static final String ENTER =
      "mount --rbind /proc \"$1/proc\" && mount --rbind /dev \"$1/dev\" && root=$1 && shift && exec ";

  private static final String AS_MAPPED_USER =
      "unshare --user --map-user=%1$d --map-group=%1$d --root=\"$root\" --wd=/tmp \"$@\"";
  private static final String AS_USER =
      "chroot --userspec=%1$d:%1$d \"$root\" /bin/sh -c 'cd /tmp; exec \"$0\" \"$@\"' \"$@\"";

  private final Path root;
  private final List<String> way;

  private ChangedRoot(Path root, List<String> way) {
    this.root = root;
    this.way = way;
  }

  /**
   * Programs have no network.
   *
   * @param root gets the directories that every system has
   * @return null if this machine allows no way
   */
  static ChangedRoot at(Path root) throws IOException, InterruptedException {
    return at(root, List.of("--mount", "--net"));
  }

  /** As {@link #at}, but programs have the network of this machine. */
  public static ChangedRoot withNetwork(Path root) throws IOException, InterruptedException {
    return at(root, List.of("--mount"));
  }

  private static ChangedRoot at(Path root, List<String> own)
      throws IOException, InterruptedException {
    for (String directory : List.of("proc", "dev")) {
      Files.createDirectories(root.resolve(directory));
    }
    Path temporary = Files.createDirectories(root.resolve("tmp"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> mapped = new ArrayList<>(List.of("unshare", "--user", "--map-root-user"));
    mapped.addAll(inside(own, AS_MAPPED_USER));
    List<String> changed = new ArrayList<>(List.of("unshare"));
    changed.addAll(inside(own, AS_USER));
    for (List<String> way : List.of(mapped, changed)) {
      ChangedRoot found = new ChangedRoot(root, way);
      if (found.start(Map.of(), List.of("/bin/sh", "-c", ":")).waitFor() == 0) {
        return found;
      }
    }
    return null;
  }

  private static List<String> inside(List<String> own, String as) {
    List<String> words = new ArrayList<>(own);
    words.addAll(List.of("sh", "-c", ENTER + as.formatted(USER), "sh"));
    return words;
  }

  Process start(Map<String, String> environment, List<String> command) throws IOException {
    return builder(environment, command).start();
  }

  /**
   * For a program that starts in {@code /tmp}.
   *
   * @param environment all that it gets, with this machine's PATH at the end of its own, where the
   *     tools of this machine are found before the root changes
   */
  public ProcessBuilder builder(Map<String, String> environment, List<String> command) {
    List<String> whole = new ArrayList<>(way);
    whole.add(root.toString());
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", path, (own, machine) -> own + ":" + machine);
    return builder;
  }
}
