package dev.alexnet.infra.storage;

import java.io.Closeable;
import java.io.OutputStream;

/**
 * An object that is being written. It appears at its location only by {@link #commit()}; closing it
 * without a commit leaves nothing behind, so an exception can never publish half an object.
 */
public interface PendingObject extends Closeable {

  /** Where the content goes; buffered. */
  OutputStream stream();

  /**
   * Makes the object durable and visible. Nothing may be written afterwards.
   *
   * @return its generation
   */
  long commit();

  /** Discards the object unless it was committed. */
  @Override
  void close();
}
