package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.WorkerFence.LeaseClaim;
import dev.alexnet.infra.storage.LoadedObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.Optional;

/** The lease of a run, as one of its workers sees it. */
final class ClaimedLease implements Fence {
  private final ObjectStore store;
  private final LeaseClaim claim;
  private final LeaseTerms terms;
  private volatile Moment seen;

  ClaimedLease(ObjectStore store, LeaseClaim claim, LeaseTerms terms) {
    this.store = store;
    this.claim = claim;
    this.terms = terms;
  }

  /**
   * Requires that the run had the lease a short time ago. A worker that outlives its run by that
   * time may still write what it was told to, in the bytes that every other run would write.
   */
  @Override
  public void requireHeld() {
    Moment now = Moment.now(terms.ticker());
    if (seen == null || seen.atMostUntil(now).compareTo(terms.look()) >= 0) {
      requireOwner();
      seen = now;
    }
  }

  private void requireOwner() {
    Location file = Lease.fileOf(claim.directory());
    LoadedObject there =
        LeaseObject.load(store, file)
            .orElseThrow(() -> LeaseLoss.byDeletion(claim.directory(), file));
    Optional<LeaseRecord> record = LeaseRecord.read(there.content(), file);
    if (record.filter(found -> found.owner().equals(claim.owner())).isEmpty()) {
      throw lossTo(record);
    }
  }

  private Failure lossTo(Optional<LeaseRecord> record) {
    return LeaseLoss.toAnother(claim.directory(), record, terms.duration());
  }
}
