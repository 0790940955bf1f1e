package dev.alexnet.pipelines.inference;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceDevices;
import dev.alexnet.model.session.TensorFlowLibrary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models, loaded once for all threads of a worker. A runner copies a transform for each thread,
 * and the copies can share the models only through a static field. The models are closed when the
 * last copy is torn down.
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
   * Loads the models unless this process has already loaded them. Every caller must close the
   * result.
   *
   * @param store the store from which the first caller reads the models
   * @param views the maximum number of views that are computed at once
   */
  public static SharedEnsemble acquire(
      ObjectStore store, List<Ensemble.Member> members, InferenceDevices devices, int views) {
    Key key = new Key(members, devices, views);
    TensorFlowLibrary.load();
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

  /** How long the check of the arithmetic took; 0 for every call but the first. */
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
