package dev.alexnet.pipelines.convert.input;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the pictures of a source with those that a dataset was made from, as Git compares files
 * with its index: a file with the recorded length and stamp is trusted; one with another stamp is
 * compared by checksum, so that a copy is the same.
 *
 * <p>It is told of files while the source's fingerprint is taken, which compares their lengths.
 */
public final class InputComparison implements SourcePart.Files {
  private final ObjectStore store;
  private final Location dataset;
  private final InputRecord.Summary summary;
  private final Map<String, ReadPicture> recorded;
  private final List<Suspect> suspects = new ArrayList<>();
  private final Map<String, Long> archives = new HashMap<>();
  private final Set<String> suspectArchives = new HashSet<>();

  /** A picture that may have been replaced. */
  private record Suspect(ReadPicture before, Location file, ObjectEntry now) {}

  private InputComparison(
      ObjectStore store,
      Location dataset,
      InputRecord.Summary summary,
      Map<String, ReadPicture> recorded) {
    this.store = requireNonNull(store, "store is null");
    this.dataset = requireNonNull(dataset, "dataset is null");
    this.summary = requireNonNull(summary, "summary is null");
    this.recorded = recorded;
  }

  /**
   * @return empty if there is no record of what the dataset was made from
   */
  public static Optional<InputComparison> with(ObjectStore store, Location dataset) {
    Map<String, ReadPicture> recorded = new HashMap<>();
    return InputRecord.readAsFound(store, dataset, picture -> recorded.put(picture.id(), picture))
        .map(summary -> new InputComparison(store, dataset, summary, recorded));
  }

  /**
   * @param manifest of the dataset
   * @throws Failure of kind BAD_DATA if the record is that of another dataset
   */
  public void requireOf(DatasetManifest manifest) {
    InputRecord.requireOf(dataset, manifest, summary);
  }

  @Override
  public void picture(String id, Location file, ObjectEntry entry) {
    ReadPicture before = recorded.get(id);
    if (before != null && before.stamp() != entry.stamp()) {
      suspects.add(new Suspect(before, file, entry));
    }
  }

  @Override
  public void archive(Location archive, long stamp) {
    archives.merge(archive.name(), stamp, (before, now) -> before.equals(now) ? now : 0L);
    Long before = summary.archives().get(archive.name());
    if (before != null && (before != stamp || before == 0)) {
      suspectArchives.add(archive.name());
    }
  }

  /**
   * The ids of the pictures that are not those that were read. Reads files with other stamps to
   * compare them.
   *
   * @param source whose fingerprint told this of its files, and was the dataset's
   * @param progress hears of pictures that are read
   */
  public NavigableSet<String> replaced(PictureSource source, Progress progress) {
    NavigableSet<String> replaced = new TreeSet<>();
    Set<String> same = ConcurrentHashMap.newKeySet();
    if (!suspects.isEmpty()) {
      progress.note(
          "The times of %s are not those of when %s was made; comparing their bytes"
              .formatted(Quantity.of(suspects.size(), "picture"), dataset));
      AtomicLong compared = new AtomicLong();
      List<Suspect> other =
          suspects.parallelStream()
              .filter(
                  suspect -> {
                    boolean isSame = crcOf(suspect) == suspect.before.crc32c();
                    if (isSame) {
                      same.add(suspect.before.id());
                    }
                    progress.report(
                        compared.incrementAndGet(), suspects.size(), "images", "comparing");
                    return !isSame;
                  })
              .toList();
      other.forEach(suspect -> replaced.add(suspect.before.id()));
    }
    if (!suspectArchives.isEmpty()) {
      progress.note(
          "The times of %s are not those of when %s was made; comparing the pictures' bytes"
              .formatted(String.join(", ", new TreeSet<>(suspectArchives)), dataset));
      try (ArchivedPictures archived = new ArchivedPictures(replaced, same, progress)) {
        source.parts().forEach(part -> part.index(store, archived));
      }
    }
    // An id can occur twice; the picture that was read is there if either is the same.
    replaced.removeAll(same);
    return replaced;
  }

  private long crcOf(Suspect suspect) {
    return suspect.now.crc32c().orElseGet(() -> store.crc32c(suspect.file));
  }

  /**
   * Records the stamps of files that were found to be the same, so that they are not read again. If
   * that is impossible, they are.
   */
  public void remember() {
    if (suspects.isEmpty() && suspectArchives.isEmpty()) {
      return;
    }
    suspects.forEach(
        suspect ->
            recorded.put(suspect.before.id(), suspect.before.withStamp(suspect.now.stamp())));
    SortedMap<String, Long> stamps = new TreeMap<>(summary.archives());
    stamps.replaceAll((name, before) -> archives.getOrDefault(name, before));
    try (InputRecordWriter writer = new InputRecordWriter(store, dataset, summary.split())) {
      writer.add(new ReadPictures(stamps, List.of()));
      new TreeMap<>(recorded).values().forEach(writer::add);
      writer.commit(summary.dataset());
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.PERMISSION && e.kind() != Failure.Kind.INPUT_OUTPUT) {
        throw e;
      }
      // The dataset may be on a disk that is only read.
    }
  }

  /** Compares the pictures of archives with other stamps. */
  private final class ArchivedPictures implements SourcePart.PictureListener, AutoCloseable {
    private final Set<String> replaced;
    private final Set<String> same;
    private final Progress progress;
    private final ArchiveReader reader = new ArchiveReader(store);
    private long compared;

    ArchivedPictures(Set<String> replaced, Set<String> same, Progress progress) {
      this.replaced = replaced;
      this.same = same;
      this.progress = progress;
    }

    @Override
    public void picture(PictureReference reference) {
      ReadPicture before = recorded.get(reference.id());
      if (before == null || !suspectArchives.contains(reference.archive().name())) {
        return;
      }
      boolean isSame = before.bytes() == reference.length() && before.crc32c() == crcOf(reference);
      (isSame ? same : replaced).add(reference.id());
      progress.report(++compared, 0, "images", "comparing");
    }

    private long crcOf(PictureReference reference) {
      return reference.archive().isCloud() ? reference.crc32c() : reader.crc32c(reference);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
