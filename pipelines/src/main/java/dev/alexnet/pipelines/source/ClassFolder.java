package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with the pictures of one class. They may be in its folder {@code images}, beside {@code
 * n01440764_boxes.txt}, as in Tiny ImageNet.
 *
 * @param wnid the class: the folder's name
 */
record ClassFolder(Location folder, String wnid) implements SourcePart {
  private static final long serialVersionUID = 1L;
  private static final String IMAGES = "images/";
  private static final String BOXES = "_boxes.txt";

  /** Whether a location is in the directory that holds this class folder. */
  boolean isBeside(Location location) {
    return location.isWithin(folder.parent());
  }

  /** All names in it, with {@code images/} replaced by the names in that folder. */
  private List<String> names(ObjectStore store) {
    List<String> names = new ArrayList<>();
    for (String name : store.list(folder)) {
      if (name.equals(IMAGES)) {
        store.list(folder.resolve("images")).forEach(picture -> names.add(IMAGES + picture));
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private boolean isIgnored(String name) {
    return PictureName.isHidden(fileName(name)) || name.equals(wnid + BOXES);
  }

  private static String fileName(String name) {
    return name.startsWith(IMAGES) ? name.substring(IMAGES.length()) : name;
  }

  /** Leaves out lengths in the cloud, where each would cost a request. */
  @Override
  public String identity(ObjectStore store) {
    StringBuilder identity = new StringBuilder(wnid);
    for (String name : names(store)) {
      if (isIgnored(name)) {
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
    for (String name : names(store)) {
      Location file = folder.resolve(name);
      if (isIgnored(name)) {
        listener.ignored(wnid + "/" + name);
      } else if (!PictureName.isPicture(name)) {
        listener.rejected(PictureName.unexpected(wnid + "/" + name, folder, 0, "a picture"));
      } else if (!store.exists(file)) {
        listener.rejected(PictureName.noFile(wnid + "/" + name, folder));
      } else {
        listener.picture(new PictureReference(file, 0, store.size(file), id(name), wnid));
      }
    }
  }

  /** ImageNet's own file names give the class, wherever they are in its folder. */
  private String id(String name) {
    String official = PictureName.id(wnid, fileName(name));
    return official.equals(fileName(name)) ? official : PictureName.id(wnid, name);
  }
}
