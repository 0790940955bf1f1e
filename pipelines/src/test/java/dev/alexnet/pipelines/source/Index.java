package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Rejection;
import java.util.ArrayList;
import java.util.List;

/** Everything that the parts of a source hold. */
public final class Index implements SourcePart.Listener {
  public final List<PictureReference> pictures = new ArrayList<>();
  public final List<Rejection> rejections = new ArrayList<>();
  public final List<String> ignored = new ArrayList<>();
  public final List<CheckedRange> read = new ArrayList<>();

  static Index of(PictureSource source) {
    return of(source, ObjectStores.standard());
  }

  public static Index of(PictureSource source, ObjectStore store) {
    Index index = new Index();
    source.parts().forEach(part -> part.index(store, index));
    return index;
  }

  List<String> ids() {
    return pictures.stream().map(PictureReference::id).toList();
  }

  List<String> reasons() {
    return rejections.stream().map(r -> r.image() + " " + r.reason()).toList();
  }

  @Override
  public void picture(PictureReference reference) {
    pictures.add(reference);
  }

  @Override
  public void read(CheckedRange range) {
    read.add(range);
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }

  @Override
  public void ignored(String name) {
    ignored.add(name);
  }
}
