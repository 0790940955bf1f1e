package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarListing;
import dev.alexnet.pipelines.tar.TarMember;

/**
 * The archive of one class, within the archive of a training set.
 *
 * @param archive the outer archive
 * @param offset where the inner one starts
 * @param length the length of the inner one in bytes
 * @param wnid the class
 * @param patch the pictures that replace pictures of this class
 * @param generation of an outer archive on an object store; otherwise 0
 */
record ClassTar(
    Location archive, long offset, long length, String wnid, Patch patch, long generation)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  @Override
  public String identity(ObjectStore store, Files files) {
    patch.tell(store, files);
    files.archive(store, archive, generation);
    return String.join("\t", archive.name(), offset + "", length + "", wnid, patch.identity());
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    if (length == 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is not a complete tar archive: that of the class %s is empty. Compare its size and MD5 with the published ones and fetch it again."
              .formatted(
                  offset == 0 ? archive : "The archive at byte " + offset + " of " + archive,
                  wnid));
    }
    TarListing listing =
        TarDirectory.within(archive, generation, offset, length)
            .list(store, listener::rejected, listener::ignored);
    listing.read().forEach(listener::read);
    for (TarMember member : patch.over(listing.members(), listener::rejected)) {
      if (PictureName.isPicture(member.name())) {
        PictureName.contradiction(wnid, member.name(), archive, member.offset())
            .ifPresentOrElse(
                listener::rejected,
                () ->
                    listener.picture(
                        PictureReference.of(member, PictureName.id(wnid, member.name()), wnid)));
      } else {
        listener.rejected(
            PictureName.unexpected(member.path(), archive, member.offset(), "a picture"));
      }
    }
  }
}
