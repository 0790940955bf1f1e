package dev.alexnet.infra.storage;

import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Objects of Google Cloud Storage. A directory is a prefix that ends in {@code /}.
 *
 * <p>Every change has a generation as its precondition: the client retries only such requests, and
 * two writers of one object cannot silently overwrite each other.
 */
final class GcsStore implements ObjectStore {
  private static final BlobField[] ENTRY = {
    BlobField.NAME, BlobField.SIZE, BlobField.CRC32C, BlobField.GENERATION
  };

  private final Storage storage;

  GcsStore(Storage storage) {
    this.storage = storage;
  }

  /** A store with the application default credentials, or one of an emulator. */
  static ObjectStore connect() {
    return new GcsStore(options(System.getenv("STORAGE_EMULATOR_HOST")).getService());
  }

  /**
   * @param emulator address of an emulator, such as {@code http://localhost:9023}, which gets no
   *     credentials; null for the real service. The Java client, unlike others, does not read
   *     {@code STORAGE_EMULATOR_HOST} itself.
   */
  static StorageOptions options(String emulator) {
    if (emulator == null || emulator.isBlank()) {
      return StorageOptions.http().build();
    }
    return StorageOptions.http()
        .setHost(emulator.contains("://") ? emulator : "http://" + emulator)
        .setProjectId("emulator")
        .setCredentials(NoCredentials.getInstance())
        .build();
  }

  @Override
  public Optional<ObjectEntry> find(Location location) {
    Blob blob = location.key().isEmpty() ? null : find(storage, location, ENTRY);
    return Optional.ofNullable(blob).map(found -> entry(location.name(), found));
  }

  private static ObjectEntry entry(String name, Blob blob) {
    return new ObjectEntry(
        name, blob.getSize(), OptionalLong.of(crc32c(blob)), blob.getGeneration());
  }

  @Override
  public boolean isDirectory(Location location) {
    return requesting(
        "list",
        location,
        () ->
            storage
                .list(
                    location.bucket(),
                    BlobListOption.prefix(prefixOf(location)),
                    BlobListOption.fields(BlobField.NAME),
                    BlobListOption.pageSize(1))
                .iterateAll()
                .iterator()
                .hasNext());
  }

  @Override
  public long size(Location location) {
    return get(location, BlobField.SIZE).getSize();
  }

  @Override
  public long crc32c(Location location) {
    return crc32c(get(location, BlobField.CRC32C));
  }

  private static long crc32c(Blob blob) {
    byte[] bytes = Base64.getDecoder().decode(blob.getCrc32c());
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
  }

  @Override
  public SeekableByteChannel open(Location location) {
    Blob blob = get(location, BlobField.SIZE, BlobField.GENERATION);
    // With the generation, a reader never mixes parts of two versions of an object.
    BlobId id = BlobId.of(location.bucket(), location.key(), blob.getGeneration());
    return new GcsObjectChannel(
        location,
        blob.getSize(),
        storage.reader(id, BlobSourceOption.shouldReturnRawInputStream(true)));
  }

  @Override
  public LoadedObject load(Location location) {
    Blob blob = get(location, ENTRY);
    BlobId id = BlobId.of(location.bucket(), location.key(), blob.getGeneration());
    byte[] content =
        requesting(
            "read",
            location,
            () -> storage.readAllBytes(id, BlobSourceOption.shouldReturnRawInputStream(true)));
    CRC32C crc = new CRC32C();
    crc.update(content);
    if (crc.getValue() != crc32c(blob)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "Cannot read " + location + ": its bytes do not have the checksum stored with them");
    }
    return new LoadedObject(content, blob.getGeneration());
  }

  @Override
  public byte[] readRange(Location location, long generation, long offset, int length) {
    requireKey(location);
    BlobId id = BlobId.of(location.bucket(), location.key(), generation);
    return requesting(
        "read",
        location,
        () -> {
          ByteBuffer range = ByteBuffer.allocate(length);
          try (ReadChannel channel =
              storage.reader(id, BlobSourceOption.shouldReturnRawInputStream(true))) {
            channel.setChunkSize(0);
            channel.seek(offset);
            channel.limit(offset + length);
            while (range.hasRemaining() && channel.read(range) >= 0) {
              // Reads on.
            }
          } catch (IOException e) {
            throw e.getCause() instanceof StorageException refused
                ? refused
                : StorageException.translate(e);
          }
          if (range.hasRemaining()) {
            throw new Failure(
                Failure.Kind.BAD_DATA,
                "Cannot read " + location + ": it ends before byte " + (offset + length));
          }
          return range.array();
        });
  }

  @Override
  public PendingObject create(Location location, WriteCondition condition) {
    requireKey(location);
    return new GcsPendingObject(storage, location, condition);
  }

  @Override
  public long upload(Path source, Location target, WriteCondition condition) {
    try (PendingObject pending = create(target, condition)) {
      Files.copy(source, pending.stream());
      return pending.commit();
    } catch (IOException e) {
      throw LocalStore.failure("read", Location.of(source), e);
    }
  }

  @Override
  public void download(Location source, Path target) {
    new LocalStore().write(Location.of(target), readAll(source));
  }

  @Override
  public List<ObjectEntry> entries(Location directory) {
    return listed(directory, BlobListOption.currentDirectory());
  }

  @Override
  public List<ObjectEntry> objectsBelow(Location directory) {
    return listed(directory).stream().filter(entry -> !entry.isDirectory()).toList();
  }

  private List<ObjectEntry> listed(Location directory, BlobListOption... further) {
    String prefix = prefixOf(directory);
    BlobListOption[] options = Arrays.copyOf(further, further.length + 2);
    options[further.length] = BlobListOption.prefix(prefix);
    options[further.length + 1] = BlobListOption.fields(ENTRY);
    List<ObjectEntry> entries = new ArrayList<>();
    requesting(
        "list",
        directory,
        () -> {
          storage
              .list(directory.bucket(), options)
              .iterateAll()
              .forEach(
                  blob -> {
                    String name = blob.getName().substring(prefix.length());
                    entries.add(
                        blob.isDirectory() ? ObjectEntry.directory(name) : entry(name, blob));
                  });
          return null;
        });
    // Some tools mark a directory by an empty object with the name of its prefix.
    entries.removeIf(entry -> entry.name().isEmpty());
    entries.sort(Comparator.comparing(ObjectEntry::name, NameOrder.UTF_8));
    return List.copyOf(entries);
  }

  @Override
  public List<String> list(Location directory) {
    String prefix = prefixOf(directory);
    List<String> names = new ArrayList<>();
    requesting(
        "list",
        directory,
        () -> {
          storage
              .list(
                  directory.bucket(),
                  BlobListOption.prefix(prefix),
                  BlobListOption.currentDirectory(),
                  BlobListOption.fields(BlobField.NAME))
              .iterateAll()
              .forEach(blob -> names.add(blob.getName().substring(prefix.length())));
          return names;
        });
    // Some tools mark a directory by an empty object with the name of its prefix.
    names.remove("");
    names.sort(NameOrder.UTF_8);
    return List.copyOf(names);
  }

  @Override
  public void delete(Location location, WriteCondition condition) {
    Blob blob = location.key().isEmpty() ? null : find(storage, location, BlobField.GENERATION);
    if (blob != null && !condition.permits(blob.getGeneration())) {
      throw LocalStore.refusal("delete", location);
    }
    if (blob != null) {
      delete(location, blob);
    }
  }

  /** An unfinished upload is invisible, and the service discards it. */
  @Override
  public void deleteAbandoned(Location directory) {}

  @Override
  public void deleteDirectory(Location directory) {
    if (directory.key().isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "Refusing to empty the bucket " + directory + "; name a directory");
    }
    requesting(
        "delete",
        directory,
        () -> {
          storage
              .list(
                  directory.bucket(),
                  BlobListOption.prefix(prefixOf(directory)),
                  BlobListOption.fields(BlobField.NAME, BlobField.GENERATION))
              .iterateAll()
              .forEach(blob -> delete(directory, blob));
          return null;
        });
  }

  private void delete(Location location, Blob blob) {
    requesting(
        "delete",
        location,
        () ->
            storage.delete(
                BlobId.of(blob.getBucket(), blob.getName()),
                BlobSourceOption.generationMatch(blob.getGeneration())));
  }

  private Blob get(Location location, BlobField... fields) {
    requireKey(location);
    Blob blob = find(storage, location, fields);
    if (blob == null) {
      throw GcsFailure.missing("read", location);
    }
    return blob;
  }

  /** The fields of an object, or null if it does not exist. */
  static Blob find(Storage storage, Location location, BlobField... fields) {
    return requesting(
        "read", location, () -> storage.get(idOf(location), BlobGetOption.fields(fields)));
  }

  static BlobId idOf(Location location) {
    return BlobId.of(location.bucket(), location.key());
  }

  private static String prefixOf(Location directory) {
    return directory.key().isEmpty() ? "" : directory.key() + "/";
  }

  private static void requireKey(Location location) {
    if (location.key().isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING, location + " is a bucket; name an object in it");
    }
  }

  private static <T> T requesting(String action, Location location, Supplier<T> request) {
    try {
      return request.get();
    } catch (StorageException e) {
      throw GcsFailure.of(action, location, e);
    }
  }
}
