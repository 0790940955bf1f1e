package dev.alexnet.pipelines.inference;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceDevices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models, loaded once for all threads of a worker. A runner makes a copy of a transform for
 * each thread, and the copies can only meet in a static place; this is it. The models are closed
 * when the last copy is torn down.
 */
public final class SharedEnsemble implements AutoCloseable {
  private static final Map<Key, SharedEnsemble> LOADED = new HashMap<>();

  private final Key key;
  private final Ensemble ensemble;
  private int users;
  private boolean timed;

  private record Key(List<Ensemble.Member> members, InferenceDevices devices, int views) {}

  private SharedEnsemble(Key key, Ensemble ensemble) {
    this.key = key;
    this.ensemble = ensemble;
  }

  /**
   * Loads the models unless this process has them; to be closed by each caller.
   *
   * @param store where the models are read, by whoever comes first
   * @param views of pictures that are computed at a time at most
   */
  public static SharedEnsemble acquire(
      ObjectStore store, List<Ensemble.Member> members, InferenceDevices devices, int views) {
    Key key = new Key(members, devices, views);
    synchronized (LOADED) {
      SharedEnsemble shared = LOADED.get(key);
      if (shared == null) {
        Ensemble ensemble = Ensemble.load(store, members, devices, views);
        shared = new SharedEnsemble(key, ensemble);
        LOADED.put(key, shared);
      }
      shared.users++;
      return shared;
    }
  }

  public Ensemble ensemble() {
    return ensemble;
  }

  /** How long the check of the arithmetic took; 0 but for the first who asks. */
  public long takeCheckMillis() {
    synchronized (LOADED) {
      long millis = timed ? 0 : Math.round(1e3 * ensemble.arithmetic().seconds());
      timed = true;
      return millis;
    }
  }

  @Override
  public void close() {
    synchronized (LOADED) {
      users--;
      if (users == 0) {
        LOADED.remove(key);
        ensemble.close();
      }
    }
  }
}
