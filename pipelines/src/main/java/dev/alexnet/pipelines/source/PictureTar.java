package dev.alexnet.pipelines.source;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import java.util.List;

/**
 * An archive with pictures of all classes, or of unknown classes.
 *
 * @param classes what gives the class of each picture
 * @param leftOut the classes whose pictures are left out
 */
record PictureTar(Location archive, PictureClasses classes, List<String> leftOut)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  PictureTar {
    requireNonNull(classes, "classes is null");
    leftOut = List.copyOf(leftOut);
  }

  @Override
  public String identity(ObjectStore store, Files files) {
    return String.join(
        "\t",
        archive.name(),
        files.sizeOfArchive(store, archive) + "",
        classes.identity(store),
        leftOut + "");
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    PictureClasses.Lookup lookup = classes.open(store);
    for (TarMember member :
        TarDirectory.of(store, archive)
            .list(store, listener::rejected, listener::ignored)
            .members()) {
      if (!PictureName.isPicture(member.name())) {
        listener.rejected(
            PictureName.unexpected(member.path(), archive, member.offset(), "a picture"));
        continue;
      }
      PictureClasses.Finding finding = lookup.of(member.name());
      if (finding.wnid() == null) {
        listener.rejected(
            new Rejection(
                member.path(),
                archive.value(),
                member.offset(),
                "UNKNOWN_CLASS",
                finding.problem()));
      } else if (!leftOut.contains(finding.wnid())) {
        listener.picture(PictureReference.of(member, id(member), finding.wnid()));
      }
    }
  }

  private static String id(TarMember member) {
    return member.path().startsWith("./") ? member.path().substring(2) : member.path();
  }
}
