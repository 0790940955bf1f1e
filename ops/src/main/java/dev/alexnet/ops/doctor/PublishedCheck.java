package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.devkit.PublishedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Compares files with what is known of the published ones. */
final class PublishedCheck {
  /** What tools add to the name of a file that they compress. */
  static final String COMPRESSED = ".gz";

  private static final int BUFFER = 1 << 20;

  // Read at once, without being asked to.
  private static final long SMALL = 64L << 20;

  private final ObjectStore store;
  private final Location directory;
  private final boolean md5;
  private final Progress progress;

  PublishedCheck(ObjectStore store, Location directory, boolean md5, Progress progress) {
    this.store = store;
    this.directory = directory;
    this.md5 = md5;
    this.progress = progress;
  }

  /**
   * @param names what the directory holds
   */
  Check of(PublishedFile file, Set<String> names) {
    if (names.contains(file.name())) {
      return content(file, directory.resolve(file.name()));
    }
    String folder =
        file.folders().stream().filter(name -> names.contains(name + "/")).findFirst().orElse(null);
    if (folder != null) {
      return Check.good(file.name(), "unpacked, as " + folder);
    }
    if (names.contains(file.name() + COMPRESSED)) {
      return new Check(
          file.name(),
          Failure.Kind.INPUT_MISSING,
          "only "
              + file.name()
              + COMPRESSED
              + " is there; decompress it, as pictures are read from the places that they have in it");
    }
    return file.required()
        ? new Check(file.name(), Failure.Kind.INPUT_MISSING, "it is missing")
        : Check.good(file.name(), "not there; only needed for " + use(file));
  }

  private static String use(PublishedFile file) {
    return file.name().startsWith("patch") ? "corrections" : "the test set";
  }

  private Check content(PublishedFile file, Location location) {
    long bytes = store.size(location);
    String size = String.format(Locale.ROOT, "%,d bytes", bytes);
    if (file.bytes() > 0 && bytes != file.bytes()) {
      return new Check(
          file.name(),
          Failure.Kind.BAD_DATA,
          String.format(
              Locale.ROOT,
              "%s; the published one has %,d: %s",
              size,
              file.bytes(),
              bytes < file.bytes() ? "the download was not finished" : "it is another file"));
    }
    if (file.md5().isEmpty()) {
      return Check.good(file.name(), size + "; there is no published size or MD5 to compare with");
    }
    String known = file.bytes() > 0 ? " as published" : "";
    if (!md5 && bytes > SMALL) {
      return Check.good(file.name(), size + known + "; its MD5 was not asked for");
    }
    String found = md5(location, bytes);
    return found.equals(file.md5())
        ? Check.good(file.name(), size + "; its MD5 is the published one")
        : new Check(
            file.name(),
            Failure.Kind.BAD_DATA,
            "%s; its MD5 is %s, and the published one's %s: it is damaged or another file"
                .formatted(size, found, file.md5()));
  }

  private String md5(Location location, long total) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (SeekableByteChannel channel = store.open(location)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      long done = 0;
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        done += buffer.remaining();
        digest.update(buffer);
        buffer.clear();
        progress.report(done, total, "bytes", location.name());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw Failure.inputOutput("read", location, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
