package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;

/**
 * A folder with the pictures of one class.
 *
 * @param wnid the class: the folder's name
 */
record ClassFolder(Location folder, String wnid) implements SourcePart {
  private static final long serialVersionUID = 1L;

  /** Whether a location lies in the directory of class folders that this one is in. */
  boolean isBeside(Location location) {
    return location.isWithin(folder.parent());
  }

  /** Without lengths in the cloud, where each would be a request. */
  @Override
  public String identity(ObjectStore store) {
    StringBuilder identity = new StringBuilder(wnid);
    for (String name : store.list(folder)) {
      if (PictureName.isHidden(name)) {
        continue;
      }
      identity.append('\t').append(name);
      Location file = folder.resolve(name);
      if (!folder.isCloud() && PictureName.isPicture(name) && store.exists(file)) {
        identity.append(' ').append(store.size(file));
      }
    }
    return identity.toString();
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    for (String name : store.list(folder)) {
      Location file = folder.resolve(name);
      if (PictureName.isHidden(name)) {
        listener.ignored(wnid + "/" + name);
      } else if (!PictureName.isPicture(name)) {
        listener.rejected(PictureName.unexpected(wnid + "/" + name, folder, 0, "a picture"));
      } else if (!store.exists(file)) {
        listener.rejected(PictureName.noFile(wnid + "/" + name, folder));
      } else {
        listener.picture(
            new PictureReference(file, 0, store.size(file), PictureName.id(wnid, name), wnid));
      }
    }
  }
}
