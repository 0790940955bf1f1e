package dev.alexnet.pipelines.score;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.prediction.Predictor;
import java.util.HashMap;
import java.util.Map;

/**
 * One loaded model for all threads of a worker. A runner makes a copy of a transform for each
 * thread, and the copies can only meet in a static place; this is it. The model is closed when the
 * last copy is torn down.
 */
final class SharedPredictor implements AutoCloseable {
  private static final Map<Location, SharedPredictor> LOADED = new HashMap<>();

  private final Location model;
  private final Predictor predictor;
  private int users;

  private SharedPredictor(Location model, Predictor predictor) {
    this.model = model;
    this.predictor = predictor;
  }

  /** Loads the model unless this process has it; to be closed by each caller. */
  static SharedPredictor acquire(Location model) {
    synchronized (LOADED) {
      SharedPredictor shared = LOADED.get(model);
      if (shared == null) {
        shared = new SharedPredictor(model, Predictor.load(ObjectStores.standard(), model));
        LOADED.put(model, shared);
      }
      shared.users++;
      return shared;
    }
  }

  Predictor predictor() {
    return predictor;
  }

  @Override
  public void close() {
    synchronized (LOADED) {
      users--;
      if (users == 0) {
        LOADED.remove(model);
        predictor.close();
      }
    }
  }
}
