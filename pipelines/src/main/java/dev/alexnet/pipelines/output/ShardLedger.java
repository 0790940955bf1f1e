package dev.alexnet.pipelines.output;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.engine.WorkCounters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.metrics.Counter;

/**
 * Records the finished shards of an output until it is complete, in a directory within it: an entry
 * for each finished shard, and further files of shards. A later run of the same plan resumes from
 * it.
 */
public final class ShardLedger {
  private static final String ATTEMPTS = "attempts";

  private final ObjectStore store;
  private final Location output;
  private final Location directory;
  private final ShardAttempts attempts;
  private final Counter bytes = WorkCounters.bytes();

  /** A finished shard, as JSON. */
  public interface Entry {
    /** The hash of everything that determines the shard's content. */
    String plan();

    /** The files of the shard in the output, as they were written. */
    List<Shard> files();

    /** The files of the shard in the ledger's directory, as they were written. */
    default List<Shard> kept() {
      return List.of();
    }
  }

  /**
   * @param name the directory's name within the output
   */
  public ShardLedger(ObjectStore store, Location output, String name) {
    this.store = requireNonNull(store, "store is null");
    this.output = requireNonNull(output, "output is null");
    this.directory = output.resolve(name);
    this.attempts = new ShardAttempts(store, directory.resolve(ATTEMPTS));
  }

  public boolean exists() {
    return store.isDirectory(directory);
  }

  /** The location of a file that is kept until the output is complete. */
  public Location file(String name) {
    return directory.resolve(name);
  }

  /** The location of the files that are kept until the output is complete. */
  public Location directory() {
    return directory;
  }

  private Location entryOf(String shard) {
    return file(shard + ".json");
  }

  /** Begins a run: attempts of earlier runs do not count in it. */
  public void begin() {
    attempts.forget();
  }

  /**
   * Begins an attempt at a shard, and counts it if it is a retry.
   *
   * @return as {@link #finished}
   */
  public <E extends Entry> Optional<E> attempt(String shard, Class<E> type, String plan) {
    attempts.begin(shard);
    Optional<E> there = finished(shard, type, plan);
    if (there.isEmpty()) {
      // What another plan or a damaged file has left must not be compared with what this run
      // writes.
      store.delete(entryOf(shard));
    }
    return there;
  }

  /**
   * Records a shard. To be called after all its files are written, because the entry says that they
   * are complete. If another attempt has recorded it in the meantime, both must have the same
   * files.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if they differ
   */
  public void record(String shard, Entry entry) {
    if (!store.exists(entryOf(shard))) {
      restore(shard, entry);
      filesOf(entry).forEach(file -> bytes.inc(file.bytes()));
      return;
    }
    Entry there = entry(shard, entry.getClass());
    if (!there.files().equals(entry.files()) || !there.kept().equals(entry.kept())) {
      throw attempts.differ(shard, inWords(there) + " and " + inWords(entry));
    }
  }

  /** Records a shard of a finished output, so that a run that repairs it leaves this shard. */
  public void restore(String shard, Entry entry) {
    store.write(entryOf(shard), Json.document(entry));
  }

  private static Stream<Shard> filesOf(Entry entry) {
    return Stream.concat(entry.files().stream(), entry.kept().stream());
  }

  private static String inWords(Entry entry) {
    return filesOf(entry)
        .map(file -> "%s with CRC-32C %08x".formatted(file.name(), file.crc32c()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Requires that no shard was made twice with different bytes. For the last step, before it writes
   * the manifest.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH that names the shards
   */
  public void requireAgreement() {
    attempts.requireAgreement();
  }

  /**
   * The entry of a shard that was recorded.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if the shard was not recorded,
   *     BAD_DATA if the entry is damaged
   */
  public <E extends Entry> E entry(String shard, Class<E> type) {
    return Json.read(store.readAll(entryOf(shard)), type, entryOf(shard));
  }

  /**
   * The entry of a shard that does not have to be made again.
   *
   * @return empty if the shard was not recorded, was made from another plan, or one of its files is
   *     missing or damaged
   * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA if the entry is damaged
   */
  public <E extends Entry> Optional<E> finished(String shard, Class<E> type, String plan) {
    return store.exists(entryOf(shard))
        ? Optional.of(entry(shard, type))
            .filter(entry -> entry.plan().equals(plan))
            .filter(entry -> WrittenFiles.damaged(store, output, entry.files()).isEmpty())
            .filter(entry -> WrittenFiles.damaged(store, directory, entry.kept()).isEmpty())
        : Optional.empty();
  }

  /** Deletes the ledger, once the output is complete. */
  public void forget() {
    store.deleteDirectory(directory);
  }
}
