package dev.alexnet.pipelines.source;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.reading.Listing;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.UnexpectedFile;
import java.util.List;
import java.util.Optional;

/**
 * A folder with pictures of all classes, or of unknown classes.
 *
 * @param classes what gives the class of each picture
 * @param leftOut the classes whose pictures are left out
 */
record PictureFolder(Location folder, PictureClasses classes, List<String> leftOut)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  PictureFolder {
    requireNonNull(classes, "classes is null");
    leftOut = List.copyOf(leftOut);
  }

  @Override
  public String identity(ObjectStore store, Files files) {
    StringBuilder identity = new StringBuilder(classes.identity(store));
    Listing listing = Listing.of(store, folder);
    for (String name : listing.names()) {
      if (!PictureName.isHidden(name)) {
        identity.append('\t').append(name);
        if (!name.endsWith("/")) {
          listing
              .find(name)
              .ifPresent(
                  file -> {
                    if (PictureName.isPicture(name)) {
                      identity.append(' ').append(file.size());
                    }
                    files.picture(name, folder.resolve(name), file);
                  });
        }
      }
    }
    return identity.toString();
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    PictureClasses.Lookup lookup = classes.open(store);
    Listing listing = Listing.of(store, folder);
    for (String name : listing.names()) {
      PictureClasses.Finding finding = lookup.of(name);
      Location file = folder.resolve(name);
      Optional<ObjectEntry> entry =
          name.endsWith("/") || PictureName.isHidden(name) ? Optional.empty() : listing.find(name);
      if (PictureName.isHidden(name)) {
        listener.ignored(name);
      } else if (!PictureName.isPicture(name)
          && entry.stream()
              .noneMatch(found -> PictureName.isPictureByContent(store, file, found))) {
        listener.rejected(UnexpectedFile.of(store, folder, name, name, entry));
      } else if (entry.isEmpty()) {
        listener.rejected(PictureName.noFile(name, folder));
      } else if (finding.wnid() == null) {
        listener.rejected(new Rejection(name, file.value(), 0, "UNKNOWN_CLASS", finding.problem()));
      } else if (!leftOut.contains(finding.wnid())) {
        listener.picture(PictureReference.of(file, entry.get(), name, finding.wnid()));
      }
    }
    for (String name : lookup.unused()) {
      listener.rejected(
          new Rejection(
              name,
              ((PictureClasses.Annotated) classes).file().value(),
              0,
              "MISSING_FILE",
              "a line names it, but there is no file " + folder.resolve(name)));
    }
  }
}
