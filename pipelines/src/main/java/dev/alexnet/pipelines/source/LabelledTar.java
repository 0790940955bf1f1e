package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.parquet.UnpackedParquet;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tar of an {@link UnpackedParquet}: pictures in folders that are named after their labels.
 *
 * @param wnids the class of each label; empty if no class is known
 * @param leftOut the classes whose pictures are left out
 */
record LabelledTar(Location archive, SortedMap<String, String> wnids, List<String> leftOut)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  LabelledTar {
    wnids = Collections.unmodifiableSortedMap(new TreeMap<>(wnids));
    leftOut = List.copyOf(leftOut);
  }

  @Override
  public String identity(ObjectStore store, Files files) {
    return String.join(
        "\t", archive.name(), files.sizeOfArchive(store, archive) + "", wnids + "", leftOut + "");
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    for (TarMember member :
        TarDirectory.of(store, archive)
            .list(store, listener::rejected, listener::ignored)
            .members()) {
      int slash = member.path().indexOf('/');
      String label = member.path().substring(0, Math.max(slash, 0));
      String id = member.path().substring(slash + 1);
      String wnid = wnids.isEmpty() ? "" : wnids.get(label);
      if (wnid == null) {
        listener.rejected(
            new Rejection(id, archive.value(), member.offset(), "UNKNOWN_CLASS", problem(label)));
      } else if (!leftOut.contains(wnid)) {
        listener.picture(PictureReference.of(member, id, wnid));
      }
    }
  }

  private static String problem(String label) {
    return label.equals(UnpackedParquet.NO_LABEL)
        ? "its row has no label"
        : "its label is %s, which is not that of a class".formatted(label);
  }
}
