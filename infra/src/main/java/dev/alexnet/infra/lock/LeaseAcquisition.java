package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gets the lease of a directory: creates it, or takes it over from a run that has ended. Whether
 * the holder lives is judged without its clock: a lease that does not change for its whole
 * duration, by the contender's clock alone, has run out.
 */
final class LeaseAcquisition {
  private final ObjectStore store;
  private final Location directory;
  private final Location file;
  private final LeaseTerms terms;
  private final Consumer<String> notices;
  private final Moment start;
  private final LeaseRecord mine;

  LeaseAcquisition(
      ObjectStore store, Location directory, LeaseTerms terms, Consumer<String> notices) {
    this.store = store;
    this.directory = directory;
    this.file = Lease.fileOf(directory);
    this.terms = terms;
    this.notices = notices;
    this.start = Moment.now(terms.ticker());
    this.mine = LeaseRecord.of(terms.self(), start.wall());
  }

  /**
   * @throws Failure of kind OUTPUT_EXISTS if another run holds the lease, INTERRUPTED if the thread
   *     is interrupted while it waits
   */
  Lease acquire() {
    Optional<Lease> got = written(WriteCondition.absent());
    while (got.isEmpty()) {
      Optional<LoadedObject> there = LeaseObject.load(store, file);
      got = there.isPresent() ? contended(there.get()) : written(WriteCondition.absent());
    }
    return got.get();
  }

  private Optional<Lease> written(WriteCondition condition) {
    Moment before = Moment.now(terms.ticker());
    return LeaseObject.write(store, file, mine, condition)
        .map(generation -> held(generation, before));
  }

  private Lease held(long generation, Moment since) {
    return new Lease(store, directory, terms, new Lease.State(mine, generation, since));
  }

  /** Empty if the lease was released meanwhile. */
  private Optional<Lease> contended(LoadedObject there) {
    Optional<LeaseRecord> other = LeaseRecord.read(there.content(), file);
    if (isMine(other)) {
      // It was written although the answer was lost.
      return Optional.of(held(there.generation(), start));
    }
    if (other.isPresent() && terms.self().knowsEnded(other.get().process())) {
      notices.accept(
          "The run that worked in %s (%s) was killed; continuing its work"
              .formatted(directory, holder(other)));
    } else if (!isUnchanged(there, holder(other))) {
      return Optional.empty();
    }
    Optional<Lease> taken = written(WriteCondition.unchangedSince(there.generation()));
    return taken.isPresent() ? taken : afterRefusal();
  }

  /** Somebody else wrote the lease first, unless it was this run, whose answer was lost. */
  private Optional<Lease> afterRefusal() {
    Optional<LoadedObject> there = LeaseObject.load(store, file);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Optional<LeaseRecord> winner = LeaseRecord.read(there.get().content(), file);
    if (!isMine(winner)) {
      throw inUse(holder(winner));
    }
    return Optional.of(held(there.get().generation(), start));
  }

  private boolean isMine(Optional<LeaseRecord> record) {
    return record.filter(there -> there.owner().equals(mine.owner())).isPresent();
  }

  private String holder(Optional<LeaseRecord> record) {
    return record.map(LeaseRecord::holder).orElse("unknown: " + file + " cannot be read");
  }

  /**
   * Watches the lease for its duration.
   *
   * @return whether it is still there, unchanged
   * @throws Failure of kind OUTPUT_EXISTS if it changed
   */
  private boolean isUnchanged(LoadedObject there, String holder) {
    notices.accept(
        "%s is in use by another run (%s). Waiting up to %d s to see whether that run is alive"
            .formatted(directory, holder, terms.duration().toSeconds()));
    Moment seen = Moment.now(terms.ticker());
    while (seen.atLeastUntil(Moment.now(terms.ticker())).compareTo(terms.duration()) < 0) {
      pause();
      Optional<ObjectEntry> now = store.find(file);
      if (now.isEmpty()) {
        return false;
      }
      if (now.get().generation() != there.generation()) {
        throw inUse(holder);
      }
    }
    notices.accept(
        "The other run (%s) has not renewed its lease for %d s; continuing its work"
            .formatted(holder, terms.duration().toSeconds()));
    return true;
  }

  private void pause() {
    try {
      terms.ticker().pause(terms.look());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.INTERRUPTED,
          "Stopped while waiting for " + directory + "; run the same command again",
          e);
    }
  }

  private Failure inUse(String holder) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "Another run is working in %s (%s; it renews %s); wait for it to finish, or use another directory"
            .formatted(directory, holder, file));
  }
}
