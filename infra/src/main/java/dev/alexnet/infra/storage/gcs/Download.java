package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.storage.LocalFailure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.PendingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;

/**
 * Copies objects to local files by ranges in parallel. The checksum of the whole is made of those
 * of the ranges as they arrive.
 */
final class Download {
  private static final int AT_ONCE = 8;
  private static final int BUFFER = 1 << 18;

  private final GcsService service;
  private final Retrier retrier;
  private final ObjectReader reader;
  private final int range;

  /**
   * @param range how many bytes one request fetches
   */
  Download(GcsService service, Retrier retrier, ObjectReader reader, int range) {
    this.service = service;
    this.retrier = retrier;
    this.reader = reader;
    this.range = range;
  }

  /** Part of an object, as it arrived. */
  private record Arrived(long length, long crc32c) {}

  void download(Location source, Path target) {
    ObjectEntry object = null;
    for (int i = 0; i < ObjectReader.CHECKS; i++) {
      // Anew each time, because this response too may have been wrong.
      object =
          retrier
              .find(source, () -> service.metadata(source))
              .orElseThrow(() -> retrier.failures().missing("read", source));
      if (isFetched(source, object, target)) {
        return;
      }
    }
    throw retrier.failures().damaged(source, object.generation(), ObjectReader.CHECKS);
  }

  private boolean isFetched(Location source, ObjectEntry object, Path target) {
    try (PendingFile file = new PendingFile(target)) {
      long crc32c = fetch(source, object, file.channel());
      if (!object.crc32c().equals(OptionalLong.of(crc32c))) {
        return false;
      }
      file.commit();
      return true;
    } catch (IOException e) {
      throw LocalFailure.of("write", Location.of(target), e);
    }
  }

  private long fetch(Location source, ObjectEntry object, FileChannel target) throws IOException {
    List<Callable<Arrived>> tasks = new ArrayList<>();
    for (long from = 0; from < object.size(); from += range) {
      long start = from;
      long end = Math.min(from + range, object.size());
      tasks.add(() -> fetchPart(source, object.generation(), start, end, target));
    }
    long crc32c = 0;
    for (Arrived part : run(tasks)) {
      crc32c = Crc32c.combined(crc32c, part.crc32c(), part.length());
    }
    return crc32c;
  }

  private static List<Arrived> run(List<Callable<Arrived>> tasks) throws IOException {
    try {
      return Parallel.run(AT_ONCE, tasks);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No task throws another exception", e);
    }
  }

  private Arrived fetchPart(
      Location source, long generation, long from, long end, FileChannel target)
      throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    long position = from;
    try (GcsObjectStream stream = reader.stream(source, OptionalLong.of(generation), from, end)) {
      for (int count = stream.read(buffer, 0, BUFFER);
          count >= 0;
          count = stream.read(buffer, 0, BUFFER)) {
        crc.update(buffer, 0, count);
        ByteBuffer arrived = ByteBuffer.wrap(buffer, 0, count);
        while (arrived.hasRemaining()) {
          position += target.write(arrived, position);
        }
      }
    }
    return new Arrived(position - from, crc.getValue());
  }
}
