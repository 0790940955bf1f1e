package dev.alexnet.ops.bundle;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A {@code .tar.gz} that depends on names, contents and whether files are executable, and on
 * nothing else: not on times, owners or the order of a directory.
 */
final class Archive implements Closeable {
  /** Some programs warn of the beginning of Unix time. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private static final int EXECUTABLE = 0755;
  private static final int READABLE = 0644;

  private final GZIPOutputStream compressed;
  private final TarArchiveOutputStream tar;
  private final Progress progress;
  private final long total;
  private long done;

  /**
   * @param out is closed with the archive
   * @param total the bytes of all files that will be added, for the progress
   */
  Archive(OutputStream out, long total, Progress progress) throws IOException {
    compressed = new GZIPOutputStream(out, 1 << 16);
    tar = new TarArchiveOutputStream(compressed, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    this.progress = progress;
    this.total = total;
  }

  /** Adds a directory with all that is in it. */
  void addDirectory(String name, Path directory) throws IOException {
    for (Path path : below(directory)) {
      String relative = directory.relativize(path).toString();
      add(relative.isEmpty() ? name : name + "/" + relative, path);
    }
  }

  /** Adds a directory without what is in it, so that others can enter it, whoever unpacks it. */
  void addEmptyDirectory(String name) throws IOException {
    put(new TarArchiveEntry(name + "/"), EXECUTABLE);
    tar.closeArchiveEntry();
  }

  void addLink(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    put(entry, 0777);
    tar.closeArchiveEntry();
  }

  private void add(String name, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      put(new TarArchiveEntry(name + "/"), EXECUTABLE);
    } else {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(path));
      put(entry, Files.isExecutable(path) ? EXECUTABLE : READABLE);
      Files.copy(path, tar);
      done += entry.getSize();
      progress.report(done, total, "bytes", path.getFileName().toString());
    }
    tar.closeArchiveEntry();
  }

  private void put(TarArchiveEntry entry, int mode) throws IOException {
    entry.setMode(mode);
    entry.setLastModifiedTime(TIME);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  /** Writes the end. Nothing can be added afterwards. */
  void finish() throws IOException {
    tar.finish();
    compressed.finish();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** The bytes of all files of a directory. */
  static long bytes(Path directory) {
    try {
      long sum = 0;
      for (Path path : below(directory)) {
        sum += Files.isRegularFile(path) ? Files.size(path) : 0;
      }
      return sum;
    } catch (IOException e) {
      throw Failure.inputOutput("read", directory, e);
    }
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted().toList();
    }
  }
}
