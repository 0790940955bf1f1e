package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;

/**
 * The archive of one class, within the archive of a training set.
 *
 * @param archive the outer archive
 * @param offset where the inner one starts
 * @param length how many bytes the inner one has
 * @param wnid the class
 */
record ClassTar(Location archive, long offset, long length, String wnid) implements SourcePart {
  private static final long serialVersionUID = 1L;

  @Override
  public void index(ObjectStore store, Listener listener) {
    TarDirectory directory = new TarDirectory(archive, offset, length);
    for (TarMember member : directory.list(store, listener::rejected)) {
      if (PictureName.isPicture(member.name())) {
        String id = PictureName.id(wnid, member.name());
        listener.picture(new PictureReference(archive, member.offset(), member.length(), id, wnid));
      } else {
        listener.rejected(
            PictureName.unexpected(member.path(), archive, member.offset(), "a picture"));
      }
    }
  }
}
