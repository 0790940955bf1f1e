package dev.alexnet.infra.testing.gcs;

import java.util.EnumMap;
import java.util.Map;

/** What a test wants to be done just before a request takes effect, once. */
final class Interceptions {
  private final Map<RequestKind, Runnable> actions = new EnumMap<>(RequestKind.class);

  synchronized void before(RequestKind kind, Runnable action) {
    actions.put(kind, action);
  }

  void run(ApiRequest request) {
    Runnable action;
    synchronized (this) {
      action = actions.remove(request.kind());
    }
    if (action != null) {
      action.run();
    }
  }
}
