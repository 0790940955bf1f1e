package dev.alexnet.model.testing;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A store whose bucket is a local directory, and whose requests can fail one by one, without the
 * time that a real client spends on retries. Local paths are left alone.
 */
public final class DirectoryBucket extends ForwardingStore {
  private final ObjectStore local = ObjectStores.standard();
  private final Path directory;
  private final ObjectStore bucket = new Bucket();
  private final AtomicLong requests = new AtomicLong();

  private volatile Fault fault = Fault.REFUSED;
  private volatile long from = Long.MAX_VALUE;
  private volatile long to = Long.MAX_VALUE;

  /** How a request fails. */
  public enum Fault {
    /** Nothing is done. */
    REFUSED,
    /** It is done, but the answer is lost. */
    LOST_ANSWER
  }

  public DirectoryBucket(Path directory) {
    this.directory = directory;
  }

  public Location location(String key) {
    return new Location("gs://bucket/" + key);
  }

  /** The request of this number, counted from 1 from now on, fails. */
  public void failAt(long number, Fault how) {
    failBetween(number, number, how);
  }

  /** The requests from this number on fail. */
  public void failFrom(long number, Fault how) {
    failBetween(number, Long.MAX_VALUE - 1, how);
  }

  private void failBetween(long first, long last, Fault how) {
    requests.set(0);
    fault = how;
    from = first;
    to = last;
  }

  /** No request fails from now on. */
  public void recover() {
    failBetween(Long.MAX_VALUE, Long.MAX_VALUE, Fault.REFUSED);
  }

  /** How many requests there were since the faults were last chosen. */
  public long requests() {
    return requests.get();
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    return location.isCloud() ? bucket : local;
  }

  private <T> T requesting(Supplier<T> request) {
    long number = requests.incrementAndGet();
    boolean fails = number >= from && number <= to;
    if (fails && fault == Fault.REFUSED) {
      throw refused(number);
    }
    T answer = request.get();
    if (fails) {
      throw refused(number);
    }
    return answer;
  }

  private static Failure refused(long number) {
    return new Failure(Failure.Kind.REMOTE, "the bucket refused request " + number);
  }

  private Location place(Location location) {
    return Location.of(directory.resolve(location.key()));
  }

  /** What is in the bucket. */
  private final class Bucket implements ObjectStore {
    @Override
    public Optional<ObjectEntry> find(Location location) {
      return requesting(
          () -> local.find(place(location)).map(entry -> summed(place(location), entry)));
    }

    private ObjectEntry summed(Location at, ObjectEntry entry) {
      return entry.isDirectory()
          ? entry
          : new ObjectEntry(
              entry.name(), entry.size(), OptionalLong.of(local.crc32c(at)), entry.generation());
    }

    @Override
    public boolean isDirectory(Location location) {
      return requesting(() -> local.isDirectory(place(location)));
    }

    @Override
    public long size(Location location) {
      return requesting(() -> local.size(place(location)));
    }

    @Override
    public long crc32c(Location location) {
      return requesting(() -> local.crc32c(place(location)));
    }

    @Override
    public SeekableByteChannel open(Location location) {
      return requesting(() -> local.open(place(location)));
    }

    @Override
    public LoadedObject load(Location location) {
      return requesting(() -> local.load(place(location)));
    }

    @Override
    public byte[] readRange(Location location, long generation, long offset, int length) {
      return requesting(() -> local.readRange(place(location), generation, offset, length));
    }

    @Override
    public PendingObject create(Location location, WriteCondition condition) {
      PendingObject pending = local.create(place(location), condition);
      return new PendingObject() {
        @Override
        public OutputStream stream() {
          return pending.stream();
        }

        @Override
        public long commit() {
          return requesting(pending::commit);
        }

        @Override
        public void close() {
          pending.close();
        }
      };
    }

    @Override
    public long upload(Path source, Location target, WriteCondition condition) {
      return requesting(() -> local.upload(source, place(target), condition));
    }

    @Override
    public void download(Location source, Path target) {
      requesting(
          () -> {
            local.download(place(source), target);
            return null;
          });
    }

    @Override
    public List<String> list(Location at) {
      return requesting(() -> local.list(place(at)));
    }

    @Override
    public List<ObjectEntry> entries(Location at) {
      return requesting(
          () ->
              local.entries(place(at)).stream()
                  .map(entry -> summed(place(at).resolve(entry.name()), entry))
                  .toList());
    }

    @Override
    public void delete(Location location, WriteCondition condition) {
      requesting(
          () -> {
            local.delete(place(location), condition);
            return null;
          });
    }

    @Override
    public void deleteDirectory(Location at) {
      requesting(
          () -> {
            local.deleteDirectory(place(at));
            return null;
          });
    }

    @Override
    public void copyDirectory(Location source, Location target, Runnable guard) {
      requesting(
          () -> {
            local.copyDirectory(place(source), place(target), guard);
            return null;
          });
    }

    @Override
    public void deleteAbandoned(Location at) {
      requesting(
          () -> {
            local.deleteAbandoned(place(at));
            return null;
          });
    }
  }
}
