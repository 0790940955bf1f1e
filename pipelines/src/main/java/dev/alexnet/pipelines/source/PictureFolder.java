package dev.alexnet.pipelines.source;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.folder.Annotations;
import java.util.Collections;
import java.util.List;
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

  /** Leaves out lengths in the cloud, where each would cost a request. */
  @Override
  public String identity(ObjectStore store) {
    StringBuilder identity = new StringBuilder();
    if (annotations != null) {
      identity.append(Sha256.of(store.readAll(annotations)));
    }
    for (String name : store.list(folder)) {
      Location file = folder.resolve(name);
      if (!PictureName.isHidden(name)) {
        identity.append('\t').append(name);
        if (!folder.isCloud() && PictureName.isPicture(name) && store.exists(file)) {
          identity.append(' ').append(store.size(file));
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
    for (String name : store.list(folder)) {
      String wnid = annotations == null ? "" : left.remove(name);
      Location file = folder.resolve(name);
      if (PictureName.isHidden(name)) {
        listener.ignored(name);
      } else if (!PictureName.isPicture(name)) {
        listener.rejected(PictureName.unexpected(name, folder, 0, "a picture"));
      } else if (!store.exists(file)) {
        listener.rejected(PictureName.noFile(name, folder));
      } else if (wnid == null) {
        listener.rejected(
            new Rejection(
                name, file.value(), 0, "UNKNOWN_CLASS", "it has no line in " + annotations));
      } else if (!leftOut.contains(wnid)) {
        listener.picture(new PictureReference(file, 0, store.size(file), name, wnid));
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
