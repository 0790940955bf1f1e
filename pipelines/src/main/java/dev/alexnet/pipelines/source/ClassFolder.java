package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.Listing;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.UnexpectedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder with the pictures of one class. They may be in its folder {@code images}, beside {@code
 * n01440764_boxes.txt}, as in Tiny ImageNet.
 *
 * @param wnid the class: the folder's name, or the class whose number that is
 */
record ClassFolder(Location folder, String wnid) implements SourcePart {
  private static final long serialVersionUID = 1L;
  private static final String IMAGES = "images/";
  private static final String BOXES = "_boxes.txt";

  /** Whether a location is in the directory that holds this class folder. */
  boolean isBeside(Location location) {
    return location.isWithin(folder.parent());
  }

  /** A name in it, and what is known of the file if it is one. */
  private record Child(String name, Optional<ObjectEntry> file) {}

  /** Its content decides if its name does not. */
  private boolean isPicture(ObjectStore store, Child child) {
    return PictureName.isPicture(child.name)
        || child.file.stream()
            .anyMatch(
                file -> PictureName.isPictureByContent(store, folder.resolve(child.name), file));
  }

  /** All that is in it, with {@code images/} replaced by what is in that folder. */
  private List<Child> children(ObjectStore store) {
    List<Child> children = new ArrayList<>();
    Listing listing = Listing.of(store, folder);
    for (String name : listing.names()) {
      if (name.equals(IMAGES)) {
        Listing images = Listing.of(store, folder.resolve("images"));
        images.names().forEach(image -> children.add(child(IMAGES + image, image, images)));
      } else {
        children.add(child(name, name, listing));
      }
    }
    return children;
  }

  private Child child(String name, String listed, Listing listing) {
    boolean file = !name.endsWith("/") && !isIgnored(name);
    return new Child(name, file ? listing.find(listed) : Optional.empty());
  }

  private boolean isIgnored(String name) {
    return PictureName.isHidden(fileName(name)) || name.equals(wnid + BOXES);
  }

  private static String fileName(String name) {
    return name.startsWith(IMAGES) ? name.substring(IMAGES.length()) : name;
  }

  @Override
  public String identity(ObjectStore store, Files files) {
    StringBuilder identity = new StringBuilder(wnid);
    for (Child child : children(store)) {
      if (!isIgnored(child.name)) {
        identity.append('\t').append(child.name);
        child.file.ifPresent(
            picture -> {
              if (PictureName.isPicture(child.name)) {
                identity.append(' ').append(picture.size());
              }
              files.picture(id(child.name), folder.resolve(child.name), picture);
            });
      }
    }
    return identity.toString();
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    for (Child child : children(store)) {
      String name = child.name;
      if (isIgnored(name)) {
        listener.ignored(folder.name() + "/" + name);
      } else if (!isPicture(store, child)) {
        listener.rejected(
            UnexpectedFile.of(store, folder, name, folder.name() + "/" + name, child.file));
      } else if (child.file.isEmpty()) {
        listener.rejected(PictureName.noFile(folder.name() + "/" + name, folder));
      } else {
        PictureName.contradiction(wnid, fileName(name), folder.resolve(name), 0)
            .ifPresentOrElse(
                listener::rejected,
                () ->
                    listener.picture(
                        PictureReference.of(
                            folder.resolve(name), child.file.get(), id(name), wnid)));
      }
    }
  }

  /** ImageNet's own file names give the class, wherever they are in its folder. */
  private String id(String name) {
    String official = PictureName.id(folder.name(), fileName(name));
    return official.equals(fileName(name)) ? official : PictureName.id(folder.name(), name);
  }
}
