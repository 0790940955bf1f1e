package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.io.Serializable;

/** A piece of a source that can be indexed on its own: an archive of one class, a folder. */
public sealed interface SourcePart extends Serializable
    permits ClassTar, FlatTar, ClassFolder, ListedPictures, RejectedPart {

  /**
   * Finds the pictures of this part, without reading them.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA where the part is no whole archive
   */
  void index(ObjectStore store, Listener listener);

  /**
   * What tells this part from others, wherever it lies: names, and lengths where these are cheap to
   * have.
   */
  String identity(ObjectStore store);

  /** Hears what is found, in the order of the source. */
  interface Listener {
    void picture(PictureReference reference);

    /** Something that the layout does not know, or that can be no picture. */
    void rejected(Rejection rejection);
  }
}
