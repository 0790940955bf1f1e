package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * A file or folder without pictures that was found during the search for parts and is reported with
 * them.
 *
 * @param rejection why it was rejected; null if it is only ignored
 */
record NonPicturePart(String name, Rejection rejection) implements SourcePart {
  private static final long serialVersionUID = 1L;

  static NonPicturePart rejected(Rejection rejection) {
    return new NonPicturePart(rejection.image(), rejection);
  }

  static NonPicturePart ignored(String name) {
    return new NonPicturePart(name, null);
  }

  /** Collects such files and folders as parts. */
  static final class Collected implements NonPictures {
    private final List<SourcePart> parts = new ArrayList<>();

    @Override
    public void rejected(Rejection rejection) {
      parts.add(NonPicturePart.rejected(rejection));
    }

    @Override
    public void ignored(String name) {
      parts.add(NonPicturePart.ignored(name));
    }

    List<SourcePart> parts() {
      return parts;
    }
  }

  /** Empty for ignored names, because they may come and go. */
  @Override
  public String identity(ObjectStore store, Files files) {
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
