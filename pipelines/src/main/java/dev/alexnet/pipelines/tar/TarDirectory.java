package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.reading.RangeStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lists the files in a tar archive (ustar, GNU, PAX). Nothing is unpacked. A local archive is read
 * by seeking from header to header. One on an object store is read from its start to its end, which
 * gives the checksum of each file: a range of an object has none of its own.
 */
public final class TarDirectory {
  private final Location archive;
  private final long generation;
  private final long start;
  private final long length;
  private final OptionalLong stored;
  private final boolean headersOnly;
  private final Predicate<String> wanted;

  private TarDirectory(
      Location archive,
      long generation,
      long start,
      long length,
      OptionalLong stored,
      boolean headersOnly,
      Predicate<String> wanted) {
    this.archive = archive;
    this.generation = generation;
    this.start = start;
    this.length = length;
    this.stored = stored;
    this.headersOnly = headersOnly;
    this.wanted = wanted;
  }

  /** A whole archive, compared with its stored checksum if it is on an object store. */
  public static TarDirectory of(ObjectStore store, Location archive) {
    return of(store, archive, false);
  }

  /** A whole archive, of which only the headers are read on an object store too. */
  public static TarDirectory ofHeaders(ObjectStore store, Location archive) {
    return of(store, archive, true);
  }

  private static TarDirectory of(ObjectStore store, Location archive, boolean headersOnly) {
    ObjectEntry object = archive.isCloud() ? store.find(archive).orElse(null) : null;
    return object == null
        ? within(archive, 0, 0, store.size(archive))
        : new TarDirectory(
            archive,
            object.generation(),
            0,
            object.size(),
            object.crc32c(),
            headersOnly,
            name -> false);
  }

  /**
   * An archive within an archive.
   *
   * @param generation of an archive on an object store; otherwise 0
   * @param start the offset of the inner archive
   * @param length the length of the inner archive
   */
  public static TarDirectory within(Location archive, long generation, long start, long length) {
    return new TarDirectory(
        archive, generation, start, length, OptionalLong.empty(), false, name -> false);
  }

  /** The same, reading the content of small members too, for instance of labels. */
  public TarDirectory withContents(Predicate<String> names) {
    return new TarDirectory(archive, generation, start, length, stored, headersOnly, names);
  }

  /**
   * The first plain files, read without the rest.
   *
   * @throws Failure of kind BAD_DATA if the archive is damaged before them
   */
  public List<TarMember> first(ObjectStore store, int count) {
    TarPass pass = pass();
    return explained(
        () -> {
          if (archive.isCloud()) {
            pass.upTo(count, new HeaderBytes(store, archive, generation, length), length);
          } else {
            try (SeekableByteChannel channel = store.open(archive)) {
              pass.upTo(count, new SoughtBytes(channel, start), length);
            }
          }
          return pass.members();
        });
  }

  private TarPass pass() {
    return new TarPass(archive, generation, start, wanted);
  }

  /**
   * The plain files in order, without directories. What a transfer may have damaged is read again.
   *
   * @param rejected is told of links, devices and names that point out of the archive
   * @param ignored is told the names of files that an operating system put there for itself
   * @throws Failure of kind BAD_DATA if this is not a complete tar archive or does not have its
   *     checksum, INPUT_OUTPUT if it cannot be read
   */
  public TarListing list(
      ObjectStore store, Consumer<Rejection> rejected, Consumer<String> ignored) {
    Found found;
    try {
      found = find(store);
    } catch (Failure e) {
      if (!archive.isCloud() || e.kind() != Failure.Kind.BAD_DATA) {
        throw e;
      }
      found = askedAgain(store).find(store);
    }
    found.pass().rejections().forEach(rejected);
    found.pass().ignored().forEach(ignored);
    return new TarListing(found.pass().members(), found.read(), found.pass().contents());
  }

  /** The response that told the checksum may have been wrong. */
  private TarDirectory askedAgain(ObjectStore store) {
    return stored.isEmpty() ? this : of(store, archive, headersOnly).withContents(wanted);
  }

  private record Found(TarPass pass, List<CheckedRange> read) {}

  private Found find(ObjectStore store) {
    TarPass pass = pass();
    return explained(() -> new Found(pass, read(store, pass)));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Says what is wrong with the archive, and what to do. */
  private <T> T explained(Reading<T> reading) {
    try {
      return reading.read();
    } catch (TarHeaders.GzippedException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          place()
              + " is compressed with gzip, but pictures are read in place; decompress it with"
              + " gunzip"
              + (start == 0 ? "" : ", and rebuild the outer archive from uncompressed ones"),
          e);
    } catch (EOFException e) {
      throw broken("it stops at byte " + (start + length) + " " + e.getMessage());
    } catch (TarPass.TrailingBytesException e) {
      throw broken(e.getMessage());
    } catch (DamagedTarException e) {
      throw broken(start == 0 ? e.getMessage() : e.getMessage() + " (bytes of the inner archive)");
    } catch (IOException e) {
      throw Failure.inputOutput("read", archive, e);
    }
  }

  /** Reads the archive, and returns what is still to be compared with the object's checksum. */
  private List<CheckedRange> read(ObjectStore store, TarPass pass) throws IOException {
    if (!archive.isCloud()) {
      try (SeekableByteChannel channel = store.open(archive)) {
        pass.over(new SoughtBytes(channel, start), length);
        return List.of();
      }
    }
    if (headersOnly) {
      HeaderBytes bytes = new HeaderBytes(store, archive, generation, length);
      pass.over(bytes, length);
      return bytes.ranges();
    }
    try (RangeStream stream = new RangeStream(store, archive, generation, start, length)) {
      ScannedBytes bytes = new ScannedBytes(stream);
      pass.over(bytes, length);
      long crc = bytes.crc32cOfAll(length);
      if (stored.isEmpty()) {
        return List.of(new CheckedRange(archive, generation, start, length, crc));
      }
      if (crc != stored.getAsLong()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s is damaged: its bytes have the CRC-32C %08x, and %08x is stored with them. Compare its size and MD5 with the published ones and upload it again."
                .formatted(archive, crc, stored.getAsLong()));
      }
      return List.of();
    }
  }

  private String place() {
    return start == 0 ? archive.value() : "The archive at byte " + start + " of " + archive;
  }

  private Failure broken(String reason) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        place()
            + " is not a complete tar archive: "
            + reason
            + ". Compare its size and MD5 with the published ones and fetch it again.");
  }
}
