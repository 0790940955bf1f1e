package dev.alexnet.tests.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own with little space. No user needs a right for it: a process mounts it
 * where only that process sees it, and others of the same user reach it through {@code /proc}.
 */
public final class FullDisk implements AutoCloseable {
  /** Mounts, says so, and keeps the file system until its standard input is closed. */
  private static final String HOLDER = "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" && echo && cat";

  private final Process holder;
  private final Path directory;

  private FullDisk(Process holder, Path directory) {
    this.holder = holder;
    this.directory = directory;
  }

  /**
   * @param place an absolute path
   * @param size as {@code mount} takes it, such as {@code 64k}
   * @return empty if the system does not let users have name spaces
   */
  public static Optional<FullDisk> mount(Path place, String size)
      throws IOException, InterruptedException {
    Files.createDirectories(place);
    Process holder;
    try {
      holder =
          new ProcessBuilder(
                  "unshare",
                  "--user",
                  "--map-root-user",
                  "--mount",
                  "sh",
                  "-c",
                  HOLDER,
                  "sh",
                  size,
                  place.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      // There is no such program.
      return Optional.empty();
    }
    BufferedReader answer = holder.inputReader();
    if (answer.readLine() == null) {
      holder.waitFor(1, TimeUnit.MINUTES);
      return Optional.empty();
    }
    Path seen = Path.of("/proc", String.valueOf(holder.pid()), "root").resolve("." + place);
    return Optional.of(new FullDisk(holder, seen.normalize()));
  }

  /** Where every process of this user sees the file system. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    holder.getOutputStream().close();
    holder.waitFor();
  }
}
