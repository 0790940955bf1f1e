package dev.alexnet.pipelines.convert.input;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pictures of a dataset that are in more than one class: copies and links of one file, by length
 * and CRC-32C. At least one of their labels is wrong.
 */
public final class DuplicatePictures {
  private DuplicatePictures() {}

  /**
   * Looks for them in the record of a dataset. Only if there are equal pictures at all, the source
   * is listed for their classes.
   *
   * @return a warning with their number and the first pair; empty if there are none, nothing is
   *     recorded, or listing would read archives on an object store
   */
  public static Optional<String> warning(
      ObjectStore store, Location dataset, PictureSource source) {
    Map<PictureContent, String> first = new HashMap<>();
    Map<PictureContent, List<String>> equal = new HashMap<>();
    InputRecord.read(
        store,
        dataset,
        picture -> {
          PictureContent content = PictureContent.of(picture);
          String before = first.putIfAbsent(content, picture.id());
          // Empty files are alike, but are no pictures.
          if (before != null && picture.bytes() > 0) {
            equal.computeIfAbsent(content, unused -> new ArrayList<>(List.of(before)));
            equal.get(content).add(picture.id());
          }
        });
    if (equal.isEmpty() || !source.labelled() || !source.isListedWithoutReading()) {
      return Optional.empty();
    }
    return inWords(equal.values(), classes(store, source, equal));
  }

  private static Map<String, String> classes(
      ObjectStore store, PictureSource source, Map<PictureContent, List<String>> equal) {
    Set<String> ids = new HashSet<>();
    equal.values().forEach(ids::addAll);
    ClassesOfPictures classes = new ClassesOfPictures(ids);
    source.parts().forEach(part -> part.index(store, classes));
    return classes.wnidOf;
  }

  private static Optional<String> inWords(
      Iterable<List<String>> groups, Map<String, String> wnidOf) {
    TreeMap<String, String> pairs = new TreeMap<>();
    long pictures = 0;
    for (List<String> group : groups) {
      List<String> sorted = group.stream().filter(wnidOf::containsKey).sorted().toList();
      Optional<String> other =
          sorted.stream()
              .filter(id -> !wnidOf.get(id).equals(wnidOf.get(sorted.get(0))))
              .findFirst();
      if (other.isPresent()) {
        pairs.put(sorted.get(0), other.get());
        pictures += sorted.size();
      }
    }
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    String one = pairs.firstKey();
    String two = pairs.get(one);
    return Optional.of(
        "Warning: %s are copies of others in another class (%s), so at least one label of each is wrong: first %s (class %s) and %s (class %s). Keep the right one, and convert again"
            .formatted(
                Quantity.of(pictures, "picture"),
                Quantity.of(pairs.size(), "different file"),
                one,
                wnidOf.get(one),
                two,
                wnidOf.get(two)));
  }

  /** Finds the classes of some pictures. */
  private static final class ClassesOfPictures implements SourcePart.PictureListener {
    private final Set<String> ids;
    private final Map<String, String> wnidOf = new HashMap<>();

    ClassesOfPictures(Set<String> ids) {
      this.ids = ids;
    }

    @Override
    public void picture(PictureReference reference) {
      if (ids.contains(reference.id())) {
        wnidOf.putIfAbsent(reference.id(), reference.wnid());
      }
    }
  }
}
