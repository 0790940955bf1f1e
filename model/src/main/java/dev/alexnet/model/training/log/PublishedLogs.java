package dev.alexnet.model.training.log;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Publishes logs that are written to a local disk. Within a run they only grow, so a file is
 * published up to the length that it had at a moment, and again when it is longer.
 */
public final class PublishedLogs implements LogPublication {
  private static final int BUFFER = 1 << 16;

  private final ObjectStore store;
  private final Path local;
  private final Location workdir;
  private final List<String> names;
  private final Duration interval;
  private final Map<String, Published> published = new HashMap<>();
  private long preparedAt = System.nanoTime();

  /**
   * @param local the directory of the logs
   * @param workdir the directory in the bucket
   * @param others names of files that are published too, if they exist
   * @param interval between two publications
   */
  public PublishedLogs(
      ObjectStore store, Path local, Location workdir, List<String> others, Duration interval) {
    this.store = requireNonNull(store, "store is null");
    this.local = requireNonNull(local, "local is null");
    this.workdir = requireNonNull(workdir, "workdir is null");
    this.names =
        Stream.concat(
                Stream.of(TrainingLog.METRICS, TrainingLog.EVENTS, TraceFiles.DIRECTORY),
                others.stream())
            .toList();
    this.interval = requireNonNull(interval, "interval is null");
  }

  /** What is in the bucket of a file: its length and the object's generation. */
  private record Published(long length, long generation) {}

  @Override
  public boolean isDue() {
    return System.nanoTime() - preparedAt >= interval.toNanos();
  }

  @Override
  public Runnable ofNow() {
    preparedAt = System.nanoTime();
    Map<String, Long> lengths = lengths();
    return () -> lengths.forEach(this::publish);
  }

  /** Of every file, by its name relative to the work directory. */
  private Map<String, Long> lengths() {
    Map<String, Long> lengths = new TreeMap<>();
    try {
      for (String name : names) {
        Path path = local.resolve(name);
        if (Files.isDirectory(path)) {
          try (Stream<Path> children = Files.list(path)) {
            for (Path child : children.filter(Files::isRegularFile).toList()) {
              lengths.put(name + "/" + child.getFileName(), Files.size(child));
            }
          }
        } else if (Files.exists(path)) {
          lengths.put(name, Files.size(path));
        }
      }
      return lengths;
    } catch (IOException e) {
      throw Failure.inputOutput("list", local, e);
    }
  }

  private void publish(String name, long length) {
    Published before = published.get(name);
    if (before != null && before.length() == length) {
      return;
    }
    // After a failure it is not known what is there.
    published.remove(name);
    Location place = workdir.resolve(name);
    Path file = local.resolve(name);
    Optional<ObjectEntry> present = before == null ? store.find(place) : Optional.empty();
    if (present.isPresent() && isSame(file, length, present.get())) {
      published.put(name, new Published(length, present.get().generation()));
      return;
    }
    long generation =
        before == null ? present.map(ObjectEntry::generation).orElse(0L) : before.generation();
    WriteCondition condition =
        generation == 0 ? WriteCondition.absent() : WriteCondition.unchangedSince(generation);
    published.put(name, new Published(length, upload(file, length, place, condition)));
  }

  private static boolean isSame(Path file, long length, ObjectEntry present) {
    if (present.size() != length || present.crc32c().isEmpty()) {
      return false;
    }
    CRC32C crc = new CRC32C();
    copy(file, length, crc::update);
    return crc.getValue() == present.crc32c().getAsLong();
  }

  private long upload(Path file, long length, Location place, WriteCondition condition) {
    try (PendingObject object = store.create(place, condition)) {
      OutputStream stream = object.stream();
      copy(file, length, stream::write);
      return object.commit();
    }
  }

  private interface Sink {
    void accept(byte[] bytes, int offset, int count) throws IOException;
  }

  /** The first bytes of a file, which may be growing. */
  private static void copy(Path file, long length, Sink sink) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream stream = Files.newInputStream(file)) {
      long rest = length;
      while (rest > 0) {
        int count = stream.read(buffer, 0, (int) Math.min(rest, buffer.length));
        if (count < 0) {
          throw new IOException("it has become shorter than " + length + " bytes");
        }
        sink.accept(buffer, 0, count);
        rest -= count;
      }
    } catch (IOException e) {
      throw Failure.inputOutput("publish", file, e);
    }
  }
}
