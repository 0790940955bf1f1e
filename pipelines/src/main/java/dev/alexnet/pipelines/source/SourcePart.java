package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.io.Serializable;

/** A piece of a source that can be indexed on its own: an archive of one class, a folder. */
public sealed interface SourcePart extends Serializable
    permits ClassTar, FlatTar, ClassFolder, PictureFolder, PictureCsvPart, NonPicturePart {

  /**
   * Finds the pictures of this part, without reading them.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA where the part is no whole archive
   */
  void index(ObjectStore store, Listener listener);

  /**
   * What tells this part from others, wherever it lies: names, and lengths where these are cheap to
   * have. Empty where it says nothing of pictures.
   */
  String identity(ObjectStore store);

  /** Hears what is found, in the order of the source. */
  interface Listener extends NonPictures {
    void picture(PictureReference reference);
  }

  /** Hears of what is there besides the pictures. */
  interface NonPictures {
    /** Something that the layout does not know, or that cannot be a picture. */
    void rejected(Rejection rejection);

    /**
     * A file or folder that nobody would take for a picture: a system put it there, or it lies
     * beside the folders of classes or splits.
     */
    void ignored(String name);
  }
}
