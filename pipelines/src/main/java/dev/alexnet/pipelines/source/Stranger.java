package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found to be no part while the parts were looked for, so that it is told of too.
 *
 * @param rejection null where it is only ignored
 */
record Stranger(String name, Rejection rejection) implements SourcePart {
  private static final long serialVersionUID = 1L;

  static Stranger rejected(Rejection rejection) {
    return new Stranger(rejection.image(), rejection);
  }

  static Stranger ignored(String name) {
    return new Stranger(name, null);
  }

  /** Collects strangers as parts. */
  static final class Collected implements Strangers {
    private final List<SourcePart> parts = new ArrayList<>();

    @Override
    public void rejected(Rejection rejection) {
      parts.add(Stranger.rejected(rejection));
    }

    @Override
    public void ignored(String name) {
      parts.add(Stranger.ignored(name));
    }

    List<SourcePart> parts() {
      return parts;
    }
  }

  /** Nothing for what is ignored: it may come and go. */
  @Override
  public String identity(ObjectStore store) {
    return rejection == null
        ? ""
        : rejection.image() + "\t" + rejection.offset() + "\t" + rejection.reason();
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    if (rejection == null) {
      listener.ignored(name);
    } else {
      listener.rejected(rejection);
    }
  }
}
