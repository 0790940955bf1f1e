package dev.alexnet.ops.bundle;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A stream that is stored in parts of one size, of which the last may be smaller. */
final class PartWriter extends OutputStream {
  private final ObjectStore store;
  private final Location directory;
  private final String name;
  private final long partBytes;
  private final List<Part> parts = new ArrayList<>();
  private PendingObject pending;
  private DigestOutputStream hashed;
  private long room;

  /**
   * @param name what the names of the parts start with
   * @param partBytes the most bytes of a part, at least 1
   */
  PartWriter(ObjectStore store, Location directory, String name, long partBytes) {
    this.store = store;
    this.directory = directory;
    this.name = name;
    this.partBytes = partBytes;
  }

  private String nextName() {
    return String.format(Locale.ROOT, "%s.part-%03d", name, parts.size() + 1);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (pending == null) {
        pending = store.create(directory.resolve(nextName()));
        hashed = new DigestOutputStream(pending.stream(), sha256());
        room = partBytes;
      }
      int count = (int) Math.min(left, room);
      hashed.write(bytes, from, count);
      from += count;
      left -= count;
      room -= count;
      if (room == 0) {
        finish();
      }
    }
  }

  /** Stores what was written since the last part, and returns all parts in order. */
  List<Part> finish() {
    if (pending != null) {
      pending.commit();
      parts.add(new Part(nextName(), HexFormat.of().formatHex(hashed.getMessageDigest().digest())));
      close();
    }
    return List.copyOf(parts);
  }

  /** Discards a part that was not finished. */
  @Override
  public void close() {
    if (pending != null) {
      pending.close();
      pending = null;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
