package dev.alexnet.model.testing;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Shows a local directory as {@code gs://bucket}, and lets downloads from it fail. */
public final class DownloadBucket extends ForwardingStore {
  public static final Location BUCKET = new Location("gs://bucket");

  private final ObjectStore local = ObjectStores.standard();
  private final Path directory;
  private final List<String> downloads = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, UnaryOperator<byte[]>> damage = new ConcurrentHashMap<>();
  private volatile long calls;

  public DownloadBucket(Path directory) {
    this.directory = directory;
  }

  /** The names of the objects that were downloaded, in the order in which that began. */
  public List<String> downloads() {
    return List.copyOf(downloads);
  }

  /** How often the bucket was asked for anything. */
  public synchronized long calls() {
    return calls;
  }

  /** Does something before each download of an object, such as failing. */
  public void beforeDownload(String name, Runnable action) {
    before.put(name, action);
  }

  /** Changes what each download of an object gives. */
  public void damage(String name, UnaryOperator<byte[]> change) {
    damage.put(name, change);
  }

  /** Ends all faults. */
  public void repair() {
    before.clear();
    damage.clear();
  }

  private synchronized Location local(Location location) {
    if (!location.isCloud()) {
      return location;
    }
    calls++;
    return Location.of(directory.resolve(location.key()));
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    return local;
  }

  @Override
  public Optional<ObjectEntry> find(Location location) {
    return super.find(local(location));
  }

  @Override
  public boolean exists(Location location) {
    return super.exists(local(location));
  }

  @Override
  public boolean isDirectory(Location location) {
    return super.isDirectory(local(location));
  }

  @Override
  public long size(Location location) {
    return super.size(local(location));
  }

  @Override
  public long crc32c(Location location) {
    return super.crc32c(local(location));
  }

  @Override
  public SeekableByteChannel open(Location location) {
    return super.open(local(location));
  }

  @Override
  public byte[] readAll(Location location) {
    return super.readAll(local(location));
  }

  @Override
  public LoadedObject load(Location location) {
    return super.load(local(location));
  }

  @Override
  public byte[] readRange(Location location, long generation, long offset, int length) {
    return super.readRange(local(location), generation, offset, length);
  }

  @Override
  public void download(Location source, Path target) {
    String name = source.name();
    downloads.add(name);
    before.getOrDefault(name, () -> {}).run();
    super.download(local(source), target);
    try {
      if (damage.containsKey(name)) {
        Files.write(target, damage.get(name).apply(Files.readAllBytes(target)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> list(Location location) {
    return super.list(local(location));
  }

  @Override
  public List<ObjectEntry> entries(Location location) {
    return super.entries(local(location));
  }

  /** What a service says that does not answer. */
  public static Runnable unavailable() {
    return () -> {
      throw new Failure(Failure.Kind.REMOTE, "Cannot read the bucket: 503 Service Unavailable");
    };
  }
}
