package dev.alexnet.pipelines.parquet;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Parquet file's pictures in a plain tar: {@code 12/n01440764_10_n01440764.JPEG} is a picture
 * with the label 12.
 *
 * @param source the Parquet file
 * @param tar where its pictures are
 * @param contents what else it holds
 */
public record UnpackedParquet(Location source, Location tar, Contents contents) {

  /** The folder of pictures without a label. */
  public static final String NO_LABEL = "null";

  public UnpackedParquet {
    requireNonNull(contents, "contents is null");
  }

  /**
   * What a tar was made from, and what is not in it: the file beside it.
   *
   * @param source the name of the Parquet file
   * @param sourceBytes its length
   * @param sourceGeneration its generation
   * @param generation of the tar
   * @param names of the classes by label, as the file's metadata has them; empty if it has none
   * @param labels the pictures of each label, also of {@link #NO_LABEL}
   * @param withoutBytes the rows of which only the path is there
   */
  record Contents(
      String source,
      long sourceBytes,
      long sourceGeneration,
      long generation,
      List<String> names,
      SortedMap<String, LabelContents> labels,
      List<RowWithoutBytes> withoutBytes) {

    /** Whether it was made from a file, and the tar is still the one that was made. */
    boolean isOf(String name, ObjectEntry file, ObjectEntry tar) {
      return source.equals(name)
          && sourceBytes == file.size()
          && sourceGeneration == file.generation()
          && generation == tar.generation();
    }
  }

  /**
   * The pictures of a label.
   *
   * @param wnids that are in their paths, sorted
   */
  record LabelContents(long pictures, List<String> wnids) {}

  /**
   * A row without a picture.
   *
   * @param path null if it has none either
   */
  record RowWithoutBytes(long row, String path) {}

  static Location recordOf(Location tar) {
    return tar.parent().resolve(tar.name() + ".json");
  }

  /** What was unpacked before; empty if that was not done, or the file has changed since. */
  static Optional<UnpackedParquet> find(ObjectStore store, Location source, Location tar) {
    Optional<ObjectEntry> file = store.find(source);
    Optional<ObjectEntry> made = store.find(tar);
    Location place = recordOf(tar);
    if (file.isEmpty() || made.isEmpty() || !store.exists(place)) {
      return Optional.empty();
    }
    Contents contents = Json.read(store.readAll(place), Contents.class, place);
    return Optional.of(new UnpackedParquet(source, tar, contents))
        .filter(unpacked -> contents.isOf(source.name(), file.get(), made.get()));
  }

  /** The names of the classes by label, as the file's metadata has them; empty if it has none. */
  public List<String> names() {
    return contents.names;
  }

  /** The labels of its pictures, with the wnids in the paths of each. */
  public SortedMap<String, List<String>> wnidsOfLabel() {
    SortedMap<String, List<String>> wnids = new TreeMap<>();
    contents.labels.forEach((label, ofIt) -> wnids.put(label, ofIt.wnids));
    return wnids;
  }

  /** The rows without a picture, as rejected pictures; their offsets are the numbers of rows. */
  public List<Rejection> rejections() {
    List<Rejection> rejections = new ArrayList<>();
    for (RowWithoutBytes row : contents.withoutBytes) {
      rejections.add(
          new Rejection(
              PictureId.of(ParquetParts.stem(source.name()), row.row, row.path),
              source.value(),
              row.row,
              "MISSING_BYTES",
              row.path == null
                  ? "row %d has neither bytes nor a path".formatted(row.row)
                  : "row %d has only the path %s, without the picture's bytes"
                      .formatted(row.row, row.path)));
    }
    return rejections;
  }
}
