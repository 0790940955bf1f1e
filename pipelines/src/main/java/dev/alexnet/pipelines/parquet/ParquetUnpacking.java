package dev.alexnet.pipelines.parquet;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.pipelines.tar.UnpackingSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Unpacks Parquet files to plain tars, because the pages of Parquet are compressed, so pictures
 * have no places in it. Each file is unpacked once, whole or not at all.
 */
public final class ParquetUnpacking {
  private static final String PLAIN = ".tar";

  // A header and padding, and two more for a long name.
  private static final long BYTES_OF_A_MEMBER = 1024;

  private final ObjectStore store;
  private final Location directory;
  private final boolean dryRun;
  private final Progress progress;
  private final boolean needsLabels;

  /**
   * @param directory where tars are kept; null to refuse what was not unpacked before
   * @param dryRun whether nothing may be written
   * @param progress hears of the pictures that are unpacked
   * @param needsLabels whether to refuse files without a column of labels
   */
  public ParquetUnpacking(
      ObjectStore store,
      Location directory,
      boolean dryRun,
      Progress progress,
      boolean needsLabels) {
    this.store = requireNonNull(store, "store is null");
    this.directory = directory;
    this.dryRun = dryRun;
    this.progress = requireNonNull(progress, "progress is null");
    this.needsLabels = needsLabels;
  }

  /**
   * The files' pictures, in the same order.
   *
   * @throws Failure of kind USAGE if no directory is given, INPUT_OUTPUT if it has too little
   *     space, BAD_DATA if a file is damaged, or holds no pictures
   */
  public List<UnpackedParquet> unpacked(List<Location> files) {
    List<Location> packed =
        files.stream()
            .filter(
                file ->
                    directory == null || UnpackedParquet.find(store, file, place(file)).isEmpty())
            .toList();
    if (!packed.isEmpty()) {
      requireSpace(packed);
    }
    List<UnpackedParquet> unpacked = new ArrayList<>();
    for (Location file : files) {
      Location tar = place(file);
      unpacked.add(UnpackedParquet.find(store, file, tar).orElseGet(() -> unpack(file, tar)));
    }
    return unpacked;
  }

  /** With the name of its directory, because splits may have files of the same name. */
  private Location place(Location file) {
    return directory.resolve(file.parent().name()).resolve(ParquetParts.stem(file.name()) + PLAIN);
  }

  private void requireSpace(List<Location> packed) {
    long bytes = 0;
    long rows = 0;
    PictureColumns first = null;
    for (Location file : packed) {
      ParquetFooter footer = ParquetFooter.read(store, file);
      PictureColumns columns = PictureColumns.of(footer);
      if (needsLabels && columns.label() == null) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s has no column of labels, which are whole numbers in a column named label, so the classes of its pictures are unknown. Only --split test accepts pictures of unknown classes"
                .formatted(file));
      }
      first = first == null ? columns : first;
      bytes += footer.bytesOf(columns.bytes()) + footer.rows() * BYTES_OF_A_MEMBER;
      rows += footer.rows();
    }
    String need = UnpackingSpace.need((double) bytes);
    String seen =
        String.format(
            Locale.ROOT,
            "%s holds %,d pictures in Parquet files (%d, from %s)%s",
            packed.get(0).parent(),
            rows,
            packed.size(),
            packed.get(0).name(),
            first.names().isEmpty()
                ? ""
                : " of %,d classes: %s"
                    .formatted(first.names().size(), NameList.of(first.names())));
    if (directory == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s. A picture has no place of its own in Parquet, so give a directory with %s of free space with --unpack-to; the pictures are unpacked there once, and read from there"
              .formatted(seen, need));
    }
    if (dryRun) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s. They were not unpacked to %s yet, which needs %s; a dry run writes nothing. Convert without --dry-run, or stop that after the unpacking and run it again with --dry-run"
              .formatted(seen, directory, need));
    }
    UnpackingSpace.require(directory, (double) bytes, "the pictures");
  }

  private UnpackedParquet unpack(Location file, Location tar) {
    progress.note("Unpacking %s to %s, once".formatted(file, tar));
    ObjectEntry source =
        store
            .find(file)
            .orElseThrow(() -> new Failure(Failure.Kind.INPUT_MISSING, "There is no file " + file));
    UnpackedParquet.Contents contents =
        file.isCloud() ? copied(file, source, tar) : written(file, file, source, tar);
    store.write(UnpackedParquet.recordOf(tar), Json.document(contents));
    return new UnpackedParquet(file, tar, contents);
  }

  /** From a copy, because only a whole object has a checksum on an object store. */
  private UnpackedParquet.Contents copied(Location file, ObjectEntry source, Location tar) {
    try {
      Path copy = Files.createTempFile("object-", null);
      try {
        store.download(file, copy);
        return written(Location.of(copy), file, source, tar);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw Failure.inputOutput("write a temporary file for", file, e);
    }
  }

  private UnpackedParquet.Contents written(
      Location local, Location file, ObjectEntry source, Location tar) {
    ParquetFooter footer = ParquetFooter.read(store, local);
    PictureColumns columns = PictureColumns.of(footer);
    try (PendingObject pending = store.create(tar);
        PictureTarWriter writer =
            new PictureTarWriter(pending.stream(), ParquetParts.stem(file.name()))) {
      new PictureRows(store, footer, columns)
          .read(
              (row, bytes, path, label) -> {
                writer.add(row, bytes, path, label);
                progress.report(row + 1, footer.rows(), "pictures", file.name());
                return true;
              });
      writer.finish();
      long generation = pending.commit();
      return new UnpackedParquet.Contents(
          file.name(),
          source.size(),
          source.generation(),
          generation,
          columns.names(),
          writer.labels(),
          writer.withoutBytes());
    } catch (OutOfMemoryError e) {
      // Some writers put a thousand pictures into a page, which is held whole.
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT,
          "%s has pages that are too large for Java's heap of %,d MiB. Give it more with ALEXNET_JAVA_OPTIONS=-Xmx8g"
              .formatted(file, Runtime.getRuntime().maxMemory() >> 20),
          e);
    } catch (IOException e) {
      throw Failure.inputOutput("unpack", file, e);
    }
  }
}
