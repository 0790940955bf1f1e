package dev.alexnet.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own with little space, which only root can mount. */
public final class FullDisk implements AutoCloseable {
  private final Path directory;

  private FullDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * @param size as {@code mount} takes it, such as {@code 64k}
   * @return empty if this user or this container cannot mount
   */
  public static Optional<FullDisk> mount(Path directory, String size)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    try {
      return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()) == 0
          ? Optional.of(new FullDisk(directory))
          : Optional.empty();
    } catch (IOException e) {
      // There is no such program.
      return Optional.empty();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", directory.toString());
  }
}
