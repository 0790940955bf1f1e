package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.io.Serializable;

/** A part of a source that can be indexed separately, such as a class archive or a folder. */
public sealed interface SourcePart extends Serializable
    permits ArchiveBytes,
        ClassTar,
        FlatTar,
        ClassFolder,
        PictureFolder,
        PictureTar,
        WebDatasetTar,
        PictureCsvPart,
        NonPicturePart {

  /**
   * Finds the pictures of this part, without reading them.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA if the part is not a complete
   *     archive
   */
  void index(ObjectStore store, Listener listener);

  /**
   * Identifies this part, independent of its location: by names, and by lengths where these are
   * cheap to get. Empty if it is not about pictures.
   */
  String identity(ObjectStore store);

  /** Is told of what is found, in the order of the source. */
  interface Listener extends NonPictures {
    void picture(PictureReference reference);

    /** Bytes of an archive on an object store, to be compared with the archive's checksum. */
    void read(CheckedRange range);
  }

  /** Is told of everything besides the pictures. */
  interface NonPictures {
    /** A file or folder that the layout does not recognise, or that cannot be a picture. */
    void rejected(Rejection rejection);

    /**
     * A file or folder that is obviously not a picture: an operating system put it there, or it is
     * beside the class folders or split folders.
     */
    void ignored(String name);
  }
}
