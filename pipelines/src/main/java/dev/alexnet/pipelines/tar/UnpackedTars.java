package dev.alexnet.pipelines.tar;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Compressed archives as plain ones, because pictures are read from their places in an archive, and
 * gzip has none. Each archive is unpacked once, and its checksum in the gzip format is compared;
 * beside the plain archive, a record tells what it was made from.
 */
public final class UnpackedTars {
  private static final List<String> EXTENSIONS = List.of(".tar.gz", ".tgz");
  private static final String PLAIN = ".tar";
  private static final String RECORD = ".json";
  private static final int BUFFER = 1 << 20;

  // JPEGs cannot be compressed further; headers and padding of small files can.
  private static final double GROWTH = 1.1;

  private final ObjectStore store;
  private final Location directory;
  private final boolean dryRun;
  private final Progress progress;

  /**
   * @param directory where plain archives are kept; null to refuse compressed ones
   * @param dryRun whether to refuse archives that were not unpacked before
   * @param progress hears of the bytes that are unpacked
   */
  public UnpackedTars(ObjectStore store, Location directory, boolean dryRun, Progress progress) {
    this.store = requireNonNull(store, "store is null");
    this.directory = directory;
    this.dryRun = dryRun;
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * What a plain archive was made from.
   *
   * @param source the name of the compressed archive
   * @param sourceBytes its length
   * @param sourceGeneration its generation
   * @param generation of the plain archive
   */
  private record Origin(String source, long sourceBytes, long sourceGeneration, long generation) {}

  public static boolean isCompressed(String name) {
    return EXTENSIONS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** The name of a compressed archive's plain form; a plain archive's own name. */
  public static String plainName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream()
        .filter(lower::endsWith)
        .findFirst()
        .map(extension -> name.substring(0, name.length() - extension.length()) + PLAIN)
        .orElse(name);
  }

  /**
   * The plain archives, in the same order. Compressed ones are unpacked first, unless that was done
   * before.
   *
   * @throws Failure of kind USAGE if some are compressed and no directory is given, INPUT_OUTPUT if
   *     it has too little space, BAD_DATA if one is damaged
   */
  public List<Location> plain(List<Location> archives) {
    List<Location> packed =
        archives.stream()
            .filter(archive -> isCompressed(archive.name()))
            .filter(archive -> directory == null || !isUnpacked(archive))
            .toList();
    if (!packed.isEmpty()) {
      requireSpace(packed);
    }
    packed.forEach(this::unpack);
    return archives.stream()
        .map(archive -> isCompressed(archive.name()) ? place(archive) : archive)
        .toList();
  }

  /** With the name of its directory, because splits may have archives of the same name. */
  private Location place(Location archive) {
    return directory.resolve(archive.parent().name()).resolve(plainName(archive.name()));
  }

  private boolean isUnpacked(Location archive) {
    Location plain = place(archive);
    Location record = plain.parent().resolve(plain.name() + RECORD);
    Optional<ObjectEntry> entry = store.find(plain);
    return entry.isPresent()
        && store.exists(record)
        && Json.read(store.readAll(record), Origin.class, record)
            .equals(origin(archive, entry.get().generation()));
  }

  private Origin origin(Location archive, long generation) {
    ObjectEntry source =
        store
            .find(archive)
            .orElseThrow(
                () -> new Failure(Failure.Kind.INPUT_MISSING, "There is no file " + archive));
    return new Origin(archive.name(), source.size(), source.generation(), generation);
  }

  private void requireSpace(List<Location> packed) {
    long bytes = packed.stream().mapToLong(store::size).sum();
    String need = UnpackingSpace.need(bytes * GROWTH);
    if (directory == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s is compressed, but pictures are read from their places in plain archives. Give a directory with %s of free space with --unpack-to; archives are unpacked there once, and read from there"
              .formatted(packed.get(0), need));
    }
    if (dryRun) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s is compressed and was not unpacked to %s yet, which needs %s; a dry run writes nothing. Unpack it with gunzip, or convert it without --dry-run"
              .formatted(packed.get(0), directory, need));
    }
    UnpackingSpace.require(directory, bytes * GROWTH, "the archives");
  }

  private void unpack(Location archive) {
    Location plain = place(archive);
    progress.note("Unpacking %s to %s, once".formatted(archive, plain));
    Origin before = origin(archive, 0);
    long generation;
    try (InputStream packed = ObjectStream.open(store, archive);
        GZIPInputStream content = new GZIPInputStream(packed, BUFFER);
        PendingObject pending = store.create(plain)) {
      copy(content, pending.stream(), archive.name());
      generation = pending.commit();
    } catch (EOFException | ZipException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is not a complete gzip file: %s. Compare its size with the published one and fetch it again"
              .formatted(archive, e.getMessage() == null ? "it ends too early" : e.getMessage()),
          e);
    } catch (IOException e) {
      throw Failure.inputOutput("unpack", archive, e);
    }
    store.write(
        plain.parent().resolve(plain.name() + RECORD),
        Json.document(
            new Origin(
                before.source(), before.sourceBytes(), before.sourceGeneration(), generation)));
  }

  private void copy(InputStream from, OutputStream to, String name) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
      done += count;
      progress.report(done, 0, "bytes", name);
    }
  }
}
