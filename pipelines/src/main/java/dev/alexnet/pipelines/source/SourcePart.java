package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
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
        LabelledTar,
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
   *
   * @param files is told of the files that are looked at for this; not of pictures that a list
   *     names on an object store
   */
  String identity(ObjectStore store, Files files);

  /** Is told of the files that hold pictures, as far as that is known without reading them. */
  interface Files {
    /** Listens to nothing. */
    Files NONE =
        new Files() {
          @Override
          public void picture(String id, Location file, ObjectEntry entry) {}

          @Override
          public void archive(Location archive, long stamp) {}
        };

    /**
     * A picture that is a file of its own.
     *
     * @param id as in {@link PictureReference}
     */
    void picture(String id, Location file, ObjectEntry entry);

    /**
     * An archive, once for each part of a source that is in it.
     *
     * @param stamp as in {@link ObjectEntry#stamp}; 0 if there is no such file any more
     */
    void archive(Location archive, long stamp);

    /** The same, where the generation of an archive on an object store is known. */
    default void archive(ObjectStore store, Location archive, long generation) {
      archive(
          archive,
          archive.isCloud() ? generation : store.find(archive).map(ObjectEntry::stamp).orElse(0L));
    }

    /**
     * The length of an archive, of which this is told.
     *
     * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if it does not exist
     */
    default long sizeOfArchive(ObjectStore store, Location archive) {
      ObjectEntry entry = store.find(archive).orElse(null);
      if (entry == null) {
        return store.size(archive);
      }
      archive(archive, entry.stamp());
      return entry.size();
    }
  }

  /** Is told of what is found, in the order of the source. */
  interface Listener extends NonPictures {
    void picture(PictureReference reference);

    /** Bytes of an archive on an object store, to be compared with the archive's checksum. */
    void read(CheckedRange range);
  }

  /** A listener that wants pictures only. */
  interface PictureListener extends Listener {
    @Override
    default void read(CheckedRange range) {}

    @Override
    default void rejected(Rejection rejection) {}

    @Override
    default void ignored(String name) {}
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
