package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.pipelines.convert.input.InputRecord;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the pictures of a source differ from those that a dataset was made from, by their ids.
 *
 * @param added those that the dataset does not have
 * @param removed those that only the dataset has
 * @param renamed those whose file has the same name and length, but whose path is spelled in
 *     another way, with the id that they had
 * @param relabelled those of another class, with both classes in words
 * @param resized those with another length
 */
record PictureChange(
    NavigableSet<String> added,
    NavigableSet<String> removed,
    NavigableMap<String, String> renamed,
    NavigableMap<String, String> relabelled,
    NavigableSet<String> resized) {

  /**
   * Reads all records of the dataset.
   *
   * @throws Failure of kind BAD_DATA if one is damaged
   */
  static PictureChange between(ObjectStore store, Dataset dataset, PictureSource source) {
    NavigableMap<String, String> before = classesOf(store, dataset);
    Map<String, Long> lengths = new HashMap<>();
    InputRecord.read(
        store, dataset.location(), picture -> lengths.put(picture.id(), picture.bytes()));
    Now now = new Now();
    source.parts().forEach(part -> part.index(store, now));
    NavigableSet<String> added = new TreeSet<>(now.pictures.keySet());
    added.addAll(now.rejected);
    added.removeAll(before.keySet());
    NavigableSet<String> removed = new TreeSet<>(before.keySet());
    removed.removeAll(now.pictures.keySet());
    removed.removeAll(now.rejected);
    NavigableMap<String, String> renamed = renamed(added, removed, lengths, now);
    added.removeAll(renamed.keySet());
    removed.removeAll(renamed.values());
    NavigableMap<String, String> relabelled = new TreeMap<>();
    NavigableSet<String> resized = new TreeSet<>();
    now.pictures.forEach(
        (id, picture) -> {
          String wnid = before.get(id);
          if (wnid != null && !wnid.equals(Now.REJECTED) && !wnid.equals(picture.wnid())) {
            relabelled.put(id, "'%s', was '%s'".formatted(picture.wnid(), wnid));
          }
          if (lengths.containsKey(id) && lengths.get(id) != picture.length()) {
            resized.add(id);
          }
        });
    return new PictureChange(added, removed, renamed, relabelled, resized);
  }

  /** Pairs of an added and a removed picture that are alone with their file name and length. */
  private static NavigableMap<String, String> renamed(
      Set<String> added, Set<String> removed, Map<String, Long> lengths, Now now) {
    Map<String, List<String>> before = new HashMap<>();
    removed.stream()
        .filter(lengths::containsKey)
        .forEach(id -> byFile(before, id, lengths.get(id)).add(id));
    Map<String, List<String>> after = new HashMap<>();
    added.stream()
        .filter(now.pictures::containsKey)
        .forEach(id -> byFile(after, id, now.pictures.get(id).length()).add(id));
    NavigableMap<String, String> renamed = new TreeMap<>();
    after.forEach(
        (file, ids) -> {
          List<String> earlier = before.getOrDefault(file, List.of());
          if (ids.size() == 1 && earlier.size() == 1) {
            renamed.put(ids.get(0), earlier.get(0));
          }
        });
    return renamed;
  }

  private static List<String> byFile(Map<String, List<String>> files, String id, long length) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    return files.computeIfAbsent(length + " " + name, unused -> new ArrayList<>());
  }

  /** The same for a dataset with a selection of the pictures, of which the others are not new. */
  PictureChange ofSelection() {
    return new PictureChange(new TreeSet<>(), removed, renamed, relabelled, resized);
  }

  /** One sentence, without its subject. */
  String inWords() {
    List<String> changes = new ArrayList<>();
    if (!added.isEmpty()) {
      changes.add("%s new, first %s".formatted(are(added.size()), added.first()));
    }
    if (!removed.isEmpty()) {
      changes.add("%s gone, first %s".formatted(are(removed.size()), removed.first()));
    }
    if (!renamed.isEmpty()) {
      changes.add(
          "%s named in another way, first %s (was %s)"
              .formatted(are(renamed.size()), renamed.firstKey(), renamed.firstEntry().getValue()));
    }
    if (!relabelled.isEmpty()) {
      changes.add(
          "%s of another class, first %s (%s)"
              .formatted(
                  are(relabelled.size()),
                  relabelled.firstKey(),
                  relabelled.firstEntry().getValue()));
    }
    if (!resized.isEmpty()) {
      changes.add(
          "%s another length, first %s"
              .formatted(
                  Quantity.of(resized.size(), "picture") + (resized.size() == 1 ? " has" : " have"),
                  resized.first()));
    }
    return changes.isEmpty()
        ? "pictures have the same names, but other lengths or places"
        : String.join("; ", changes);
  }

  private static String are(int count) {
    return Quantity.of(count, "picture") + (count == 1 ? " is" : " are");
  }

  private static NavigableMap<String, String> classesOf(ObjectStore store, Dataset dataset) {
    NavigableMap<String, String> classes = new TreeMap<>();
    ExampleCodec codec = dataset.manifest().codec();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader records = dataset.read(shard)) {
        for (byte[] record = records.next(); record != null; record = records.next()) {
          ImageRecord image = codec.decode(record, records.where());
          classes.put(image.fileName(), image.wnid());
        }
      } catch (IOException e) {
        throw Failure.inputOutput("read", dataset.shardLocation(shard), e);
      }
    }
    byte[] rejected = store.readAll(dataset.location().resolve(Dataset.REJECTED));
    new String(rejected, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .map(line -> Json.read(line, Rejection.class, Dataset.REJECTED).image())
        .forEach(image -> classes.putIfAbsent(image, Now.REJECTED));
    return classes;
  }

  /** What a source holds. */
  private static final class Now implements SourcePart.Listener {
    static final String REJECTED = "(rejected)";

    private final Map<String, PictureReference> pictures = new HashMap<>();
    private final NavigableSet<String> rejected = new TreeSet<>();

    @Override
    public void picture(PictureReference reference) {
      pictures.putIfAbsent(reference.id(), reference);
    }

    @Override
    public void read(CheckedRange range) {
      // A conversion compares the archive's checksum; nothing is converted here.
    }

    @Override
    public void rejected(Rejection rejection) {
      rejected.add(rejection.image());
    }

    @Override
    public void ignored(String name) {
      // It is not a picture.
    }
  }
}
