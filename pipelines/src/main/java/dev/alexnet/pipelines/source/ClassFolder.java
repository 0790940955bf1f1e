package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with the pictures of one class. They may lie in a folder {@code images} of it, beside
 * {@code n01440764_boxes.txt}, as in Tiny ImageNet.
 *
 * @param wnid the class: the folder's name
 */
record ClassFolder(Location folder, String wnid) implements SourcePart {
  private static final long serialVersionUID = 1L;
  private static final String IMAGES = "images/";
  private static final String BOXES = "_boxes.txt";

  /** Whether a location lies in the directory of class folders that this one is in. */
  boolean isBeside(Location location) {
    return location.isWithin(folder.parent());
  }

  /** All names in it, in the place of {@code images/} those that it holds. */
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

  /** Without lengths in the cloud, where each would be a request. */
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

  /** ImageNet's own names say the class, wherever they lie in its folder. */
  private String id(String name) {
    String official = PictureName.id(wnid, fileName(name));
    return official.equals(fileName(name)) ? official : PictureName.id(wnid, name);
  }
}
