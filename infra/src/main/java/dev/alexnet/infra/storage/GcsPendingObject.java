package dev.alexnet.infra.storage;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Written to a local temporary file, which the commit uploads with its checksum. The client
 * publishes an upload when it is closed, so an upload that ran while the content was produced would
 * publish half an object after an exception. A file can also be sent again from its start.
 */
final class GcsPendingObject implements PendingObject {
  // The service recommends at least 8 MiB per request; the client holds one request in memory.
  private static final int CHUNK = 8 << 20;
  private static final int HTTP_PRECONDITION_FAILED = 412;

  private final Storage storage;
  private final Location location;
  private final WriteCondition condition;
  private final Path temporary;
  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();
  private final OutputStream stream;

  GcsPendingObject(Storage storage, Location location, WriteCondition condition) {
    this.storage = storage;
    this.location = location;
    this.condition = condition;
    try {
      this.temporary = Files.createTempFile("pending-", null);
      this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw LocalStore.failure("write a temporary file for", location, e);
    }
    this.stream =
        new BufferedOutputStream(
            new CheckedOutputStream(Channels.newOutputStream(channel), crc), 1 << 18);
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public long commit() {
    try {
      stream.flush();
      channel.close();
      return upload();
    } catch (StorageException e) {
      throw GcsFailure.of("write", location, e);
    } catch (IOException e) {
      throw LocalStore.failure("write", location, e);
    }
  }

  private long upload() throws IOException {
    BlobInfo info = BlobInfo.newBuilder(GcsStore.idOf(location)).setCrc32c(checksum()).build();
    long present = condition.generation().orElseGet(this::presentGeneration);
    BlobWriteOption precondition =
        present == 0 ? BlobWriteOption.doesNotExist() : BlobWriteOption.generationMatch(present);
    // From a path, the client does not retry the upload of an empty object.
    try (InputStream content = Files.newInputStream(temporary)) {
      return storage
          .createFrom(info, content, CHUNK, precondition, BlobWriteOption.crc32cMatch())
          .getGeneration();
    } catch (StorageException e) {
      Blob there = e.getCode() == HTTP_PRECONDITION_FAILED ? present() : null;
      if (there == null || !isThis(there)) {
        throw e;
      }
      // The upload succeeded but its response was lost, so that the retry was refused.
      return there.getGeneration();
    }
  }

  private long presentGeneration() {
    Blob blob = present();
    return blob == null ? 0 : blob.getGeneration();
  }

  private Blob present() {
    return GcsStore.find(storage, location, BlobField.SIZE, BlobField.CRC32C, BlobField.GENERATION);
  }

  private boolean isThis(Blob blob) throws IOException {
    return blob.getSize() == Files.size(temporary) && checksum().equals(blob.getCrc32c());
  }

  /** As the service writes it: base 64 of four bytes, big endian. */
  private String checksum() {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw LocalStore.failure("remove", Location.of(temporary), e);
    }
  }
}
