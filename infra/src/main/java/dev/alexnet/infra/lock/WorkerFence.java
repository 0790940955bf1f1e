package dev.alexnet.infra.lock;

import dev.alexnet.infra.libraries.WorkerLibraries;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.Serializable;
import java.util.List;

/**
 * Keeps the workers of a run, in this process or on other machines, from writing after another run
 * has taken over: they cannot renew the run's leases, but can see whose they are. And keeps workers
 * from writing that have other libraries than the run.
 */
public final class WorkerFence implements Serializable {
  private static final long serialVersionUID = 1L;

  /** For a directory that needs no fence. */
  public static final WorkerFence NONE = new WorkerFence(List.of());

  private final List<LeaseClaim> claims;
  private final WorkerLibraries libraries;

  private WorkerFence(List<LeaseClaim> claims) {
    this(claims, WorkerLibraries.ofThisProcess());
  }

  /**
   * @param libraries of the run
   */
  WorkerFence(List<LeaseClaim> claims, WorkerLibraries libraries) {
    this.claims = List.copyOf(claims);
    this.libraries = libraries;
  }

  /**
   * @param held the store that work in a locked directory got
   */
  public static WorkerFence of(ObjectStore held) {
    return held instanceof FencedStore fenced ? new WorkerFence(fenced.claims()) : NONE;
  }

  /**
   * The store that a worker must write with. Refuses like the run's own.
   *
   * @param store of the worker
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if the worker's libraries are not
   *     those of the run
   */
  public ObjectStore guard(ObjectStore store) {
    libraries.requireInThisProcess();
    ObjectStore guarded = store;
    for (LeaseClaim claim : claims) {
      guarded =
          new FencedStore(
              guarded, claim.directory(), new ClaimedLease(store, claim, LeaseTerms.standard()));
    }
    return guarded;
  }

  /**
   * @param owner of the lease of the directory
   */
  record LeaseClaim(Location directory, String owner) implements Serializable {}
}
