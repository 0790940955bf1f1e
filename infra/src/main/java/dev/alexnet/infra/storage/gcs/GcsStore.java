package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.LocalFailure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingFile;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects of Google Cloud Storage. A directory is a prefix that ends in {@code /}.
 *
 * <p>Every change has a generation as its precondition, so that it can be sent again, and two
 * writers of one object cannot silently overwrite each other.
 */
public final class GcsStore implements ObjectStore {
  private static final String SERVICE = "https://storage.googleapis.com/";

  private final GcsService service;
  private final Retrier retrier;
  private final GcsListing listing;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final TransferSizes sizes;

  GcsStore(GcsService service, Retrier retrier, TransferSizes sizes) {
    this.service = service;
    this.retrier = retrier;
    this.listing = new GcsListing(service, retrier);
    this.reader = new ObjectReader(service, retrier);
    this.writer = new ObjectWriter(service, retrier, sizes);
    this.sizes = sizes;
  }

  /**
   * The service with the application default credentials, or the emulator whose address is in the
   * environment variable {@code STORAGE_EMULATOR_HOST}, without credentials.
   */
  public static ObjectStore connect() {
    return connect(SilenceWatch.unheard(RetryClock.SYSTEM));
  }

  /**
   * The same.
   *
   * @param notices receives sentences for the user: that the service has not responded for a while
   */
  public static ObjectStore connect(Consumer<String> notices) {
    return connect(SilenceWatch.started(RetryClock.SYSTEM, notices));
  }

  private static ObjectStore connect(SilenceWatch watch) {
    String emulator = System.getenv("STORAGE_EMULATOR_HOST");
    return emulator == null || emulator.isBlank()
        ? connect(SERVICE, GcsAccount.applicationDefault(), GcsRetries.standard(), watch)
        : connect(emulator, GcsAccount.nobody(), GcsRetries.standard(), watch);
  }

  /**
   * An emulator, which gets no credentials.
   *
   * @param address such as {@code http://localhost:9023}
   */
  public static ObjectStore emulator(String address, GcsRetries retries) {
    return connect(address, GcsAccount.nobody(), retries, SilenceWatch.unheard(RetryClock.SYSTEM));
  }

  private static GcsStore connect(
      String address, GcsAccount account, GcsRetries retries, SilenceWatch watch) {
    String root = rootOf(address);
    return new GcsStore(
        new GcsService(root, account, retries),
        new Retrier(retries, RetryClock.SYSTEM, new GcsFailures(hostOf(root), account), watch),
        TransferSizes.standard());
  }

  /** With a scheme, and a slash at the end. */
  static String rootOf(String address) {
    String url = address.contains("://") ? address : "http://" + address;
    return url.endsWith("/") ? url : url + "/";
  }

  static String hostOf(String root) {
    return root.substring(root.indexOf("://") + 3, root.length() - 1);
  }

  @Override
  public Optional<ObjectEntry> find(Location location) {
    return location.key().isEmpty()
        ? Optional.empty()
        : retrier.find(location, () -> service.metadata(location));
  }

  private ObjectEntry get(Location location) {
    requireKey(location);
    return find(location).orElseThrow(() -> retrier.failures().missing("read", location));
  }

  @Override
  public boolean isDirectory(Location location) {
    return listing.isDirectory(location);
  }

  @Override
  public long size(Location location) {
    return get(location).size();
  }

  @Override
  public long crc32c(Location location) {
    return get(location).crc32c().orElseThrow();
  }

  @Override
  public SeekableByteChannel open(Location location) {
    return new GcsObjectChannel(reader, location, get(location));
  }

  @Override
  public LoadedObject load(Location location) {
    requireKey(location);
    return reader.load(location);
  }

  @Override
  public byte[] readRange(Location location, long generation, long offset, int length) {
    requireKey(location);
    return reader.readRange(location, generation, offset, length);
  }

  @Override
  public PendingObject create(Location location, WriteCondition condition) {
    requireKey(location);
    return new GcsPendingObject(location, file -> upload(file, location, condition));
  }

  @Override
  public long write(Location location, byte[] content, WriteCondition condition) {
    requireKey(location);
    try {
      return write(location, ObjectContent.of(content), condition);
    } catch (IOException e) {
      throw LocalFailure.of("write", location, e);
    }
  }

  @Override
  public long upload(Path source, Location target, WriteCondition condition) {
    requireKey(target);
    try (FileChannel file = FileChannel.open(source)) {
      return write(target, ObjectContent.of(file), condition);
    } catch (IOException e) {
      throw LocalFailure.of("read", Location.of(source), e);
    }
  }

  private long write(Location location, ObjectContent content, WriteCondition condition)
      throws IOException {
    ObjectEntry written =
        content.size() < sizes.shortestComposite()
            ? writer.write(location, content, condition)
            : new CompositeUpload(service, retrier, writer, listing, sizes.part())
                .upload(location, content, condition);
    return written.generation();
  }

  @Override
  public void download(Location source, Path target) {
    requireKey(source);
    new Download(service, retrier, reader, sizes.range()).download(source, target);
  }

  @Override
  public List<String> list(Location directory) {
    return entries(directory).stream().map(ObjectEntry::name).toList();
  }

  @Override
  public List<ObjectEntry> entries(Location directory) {
    return visible(listing.entries(directory));
  }

  @Override
  public List<ObjectEntry> objectsBelow(Location directory) {
    return visible(listing.objectsBelow(directory));
  }

  private static List<ObjectEntry> visible(List<ObjectEntry> entries) {
    return entries.stream().filter(entry -> !isHidden(entry.name())).toList();
  }

  private static boolean isHidden(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith(PendingFile.PREFIX) || ReservedName.isOne(name);
  }

  @Override
  public void delete(Location location, WriteCondition condition) {
    if (location.key().isEmpty()) {
      return;
    }
    long present = condition.generation().orElse(0);
    if (present == 0) {
      present = find(location).map(ObjectEntry::generation).orElse(0L);
    }
    if (present == 0) {
      return;
    }
    if (!condition.permits(present)) {
      throw WriteCondition.refused("delete", location);
    }
    listing.delete(
        retrier, location, WriteCondition.unchangedSince(present).guardedBy(condition.guard()));
  }

  @Override
  public void deleteAbandoned(Location directory) {
    listing.deleteObjects(retrier, directory, PendingFile.PREFIX);
  }

  @Override
  public void deleteDirectory(Location directory) {
    if (directory.key().isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "Refusing to empty the bucket " + directory + "; name a directory");
    }
    listing.deleteObjects(retrier, directory, "");
  }

  @Override
  public void copyDirectory(Location source, Location target, Runnable guard) {
    new DirectoryCopy(service, retrier, listing, writer).copy(source, target, guard);
  }

  private static void requireKey(Location location) {
    if (location.key().isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING, location + " is a bucket; name an object in it");
    }
  }
}
