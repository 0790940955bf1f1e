package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;

/** A store whose first write succeeds, but is answered as if another writer had been faster. */
final class AnswerLosingStore extends ForwardingStore {
  private final ObjectStore store;
  private boolean done;

  AnswerLosingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    return store;
  }

  @Override
  public long write(Location location, byte[] content, WriteCondition condition) {
    long generation = super.write(location, content, condition);
    if (!done) {
      done = true;
      throw new Failure(Failure.Kind.OUTPUT_EXISTS, "The retry of a lost answer was refused");
    }
    return generation;
  }
}
