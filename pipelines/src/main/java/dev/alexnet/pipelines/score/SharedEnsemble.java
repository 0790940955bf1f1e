package dev.alexnet.pipelines.score;

import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.prediction.Ensemble;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models, loaded once for all threads of a worker. A runner makes a copy of a transform for
 * each thread, and the copies can only meet in a static place; this is it. The models are closed
 * when the last copy is torn down.
 */
public final class SharedEnsemble implements AutoCloseable {
  private static final Map<List<Ensemble.Member>, SharedEnsemble> LOADED = new HashMap<>();

  private final List<Ensemble.Member> members;
  private final Ensemble ensemble;
  private int users;

  private SharedEnsemble(List<Ensemble.Member> members, Ensemble ensemble) {
    this.members = members;
    this.ensemble = ensemble;
  }

  /** Loads the models unless this process has them; to be closed by each caller. */
  public static SharedEnsemble acquire(List<Ensemble.Member> members) {
    synchronized (LOADED) {
      SharedEnsemble shared = LOADED.get(members);
      if (shared == null) {
        shared = new SharedEnsemble(members, Ensemble.load(ObjectStores.standard(), members));
        LOADED.put(members, shared);
      }
      shared.users++;
      return shared;
    }
  }

  public Ensemble ensemble() {
    return ensemble;
  }

  @Override
  public void close() {
    synchronized (LOADED) {
      users--;
      if (users == 0) {
        LOADED.remove(members);
        ensemble.close();
      }
    }
  }
}
