package dev.alexnet.infra.lock;

import dev.alexnet.infra.storage.PendingObject;
import java.io.OutputStream;

/** Becomes visible only if the directory is still held then. */
record FencedPendingObject(PendingObject pending, Fence fence) implements PendingObject {

  @Override
  public OutputStream stream() {
    return pending.stream();
  }

  @Override
  public long commit() {
    fence.requireHeld();
    return pending.commit();
  }

  @Override
  public void close() {
    pending.close();
  }
}
