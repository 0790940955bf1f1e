package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;

/** What was found to be no part while the parts were looked for, so that it is counted too. */
record RejectedPart(Rejection rejection) implements SourcePart {
  private static final long serialVersionUID = 1L;

  @Override
  public String identity(ObjectStore store) {
    return rejection.image() + "\t" + rejection.offset() + "\t" + rejection.reason();
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    listener.rejected(rejection);
  }
}
