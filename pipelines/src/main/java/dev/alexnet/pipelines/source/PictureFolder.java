package dev.alexnet.pipelines.source;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.reading.Listing;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.folder.Annotations;
import dev.alexnet.pipelines.folder.PictureName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder with pictures of all classes, or of unknown classes.
 *
 * @param annotations the file with the class of each picture; null if their classes are not known
 * @param leftOut the classes whose pictures are left out
 */
record PictureFolder(Location folder, Location annotations, List<String> leftOut)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  PictureFolder {
    leftOut = List.copyOf(leftOut);
  }

  @Override
  public String identity(ObjectStore store) {
    StringBuilder identity = new StringBuilder();
    if (annotations != null) {
      identity.append(Sha256.of(store.readAll(annotations)));
    }
    Listing listing = Listing.of(store, folder);
    for (String name : listing.names()) {
      if (!PictureName.isHidden(name)) {
        identity.append('\t').append(name);
        if (PictureName.isPicture(name)) {
          listing.find(name).ifPresent(file -> identity.append(' ').append(file.size()));
        }
      }
    }
    return identity.toString();
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    SortedMap<String, String> left =
        annotations == null
            ? Collections.emptySortedMap()
            : new TreeMap<>(Annotations.read(store, annotations));
    Listing listing = Listing.of(store, folder);
    for (String name : listing.names()) {
      String wnid = annotations == null ? "" : left.remove(name);
      Location file = folder.resolve(name);
      Optional<ObjectEntry> entry =
          PictureName.isPicture(name) ? listing.find(name) : Optional.empty();
      if (PictureName.isHidden(name)) {
        listener.ignored(name);
      } else if (!PictureName.isPicture(name)) {
        listener.rejected(PictureName.unexpected(name, folder, 0, "a picture"));
      } else if (entry.isEmpty()) {
        listener.rejected(PictureName.noFile(name, folder));
      } else if (wnid == null) {
        listener.rejected(
            new Rejection(
                name, file.value(), 0, "UNKNOWN_CLASS", "it has no line in " + annotations));
      } else if (!leftOut.contains(wnid)) {
        listener.picture(PictureReference.of(file, entry.get(), name, wnid));
      }
    }
    left.forEach(
        (name, wnid) ->
            listener.rejected(
                new Rejection(
                    name,
                    annotations.value(),
                    0,
                    "MISSING_FILE",
                    "a line names it, but there is no file " + folder.resolve(name))));
  }
}
