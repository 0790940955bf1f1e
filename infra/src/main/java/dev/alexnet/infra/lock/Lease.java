package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.WorkerFence.LeaseClaim;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.infra.storage.WriteCondition;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lease that this process got. It is held for as long as it is renewed: each renewal replaces the
 * object that the last one wrote, so it fails once somebody else has written the object. A lost
 * lease stays lost. Safe for use by many threads.
 */
final class Lease implements Fence {
  private final ObjectStore store;
  private final Location directory;
  private final Location file;
  private final LeaseTerms terms;
  // Writers whose lease is fresh must not wait while another thread's request is retried.
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile State state;
  private volatile Failure lost;

  /**
   * @param since a moment before the request that wrote this generation
   */
  record State(LeaseRecord record, long generation, Moment since) {}

  Lease(ObjectStore store, Location directory, LeaseTerms terms, State state) {
    this.store = store;
    this.directory = directory;
    this.file = fileOf(directory);
    this.terms = terms;
    this.state = state;
  }

  static Location fileOf(Location directory) {
    return directory.resolve(ReservedName.LEASE);
  }

  /**
   * Requires that nobody else can have taken over. Renews the lease first if its last renewal was
   * too long ago.
   *
   * @throws Failure of kind OUTPUT_EXISTS if the lease is lost; what the store throws if the lease
   *     cannot be renewed
   */
  @Override
  public void requireHeld() {
    throwIfLost();
    if (!isFresh()) {
      renewing.lock();
      try {
        if (!isFresh()) {
          renewLocked();
        }
      } finally {
        renewing.unlock();
      }
    }
  }

  @Override
  public Optional<LeaseClaim> claim() {
    return Optional.of(new LeaseClaim(directory, state.record().owner()));
  }

  /** Renews the lease. Throws what {@link #requireHeld()} throws. */
  void renew() {
    renewing.lock();
    try {
      renewLocked();
    } finally {
      renewing.unlock();
    }
  }

  boolean isLost() {
    return lost != null;
  }

  /** Deletes the lease, unless somebody else has it. */
  void release() {
    renewing.lock();
    try {
      if (!isLost()) {
        store.delete(file, WriteCondition.unchangedSince(state.generation()));
      }
    } catch (Failure e) {
      // It runs out by itself, and whoever has it now deletes it.
    } finally {
      renewing.unlock();
    }
  }

  private boolean isFresh() {
    return state.since().atMostUntil(Moment.now(terms.ticker())).compareTo(terms.trust()) < 0;
  }

  private void renewLocked() {
    throwIfLost();
    if (!replaced()) {
      adopt();
      if (!replaced()) {
        throw lose(LeaseLoss.toAnother(directory, Optional.empty(), terms.duration()));
      }
    }
  }

  /** An earlier renewal may have been stored although its answer was lost. */
  private void adopt() {
    LoadedObject current =
        LeaseObject.load(store, file)
            .orElseThrow(() -> lose(LeaseLoss.byDeletion(directory, file)));
    Optional<LeaseRecord> record = LeaseRecord.read(current.content(), file);
    if (record.isEmpty() || !record.get().owner().equals(state.record().owner())) {
      throw lose(LeaseLoss.toAnother(directory, record, terms.duration()));
    }
    state = new State(record.get(), current.generation(), state.since());
  }

  private boolean replaced() {
    Moment before = Moment.now(terms.ticker());
    LeaseRecord renewed = state.record().renewedAt(before.wall());
    Optional<Long> generation =
        LeaseObject.write(store, file, renewed, WriteCondition.unchangedSince(state.generation()));
    generation.ifPresent(written -> state = new State(renewed, written, before));
    return generation.isPresent();
  }

  private Failure lose(Failure why) {
    lost = why;
    return why;
  }

  private void throwIfLost() {
    if (lost != null) {
      throw new Failure(lost.kind(), lost.getMessage(), lost);
    }
  }
}
