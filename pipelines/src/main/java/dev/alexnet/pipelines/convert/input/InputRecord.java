package dev.alexnet.pipelines.convert.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What the pictures of a dataset were when they were read: lines of JSON, compressed with gzip, in
 * {@code .inputs} beside the manifest. Each line has a picture, but the last, which is about all of
 * them. It is not part of the dataset, because it depends on when files were copied.
 */
public final class InputRecord {
  private static final int SCHEMA_VERSION = 1;
  private static final StoredFormat FORMAT =
      new StoredFormat(
          "record of a dataset's pictures",
          "schemaVersion",
          SCHEMA_VERSION,
          "delete it; pictures are then compared by name and length");

  private InputRecord() {}

  /**
   * The last line.
   *
   * @param split of the dataset
   * @param archives as in {@link ReadPictures}
   * @param dataset {@linkplain #hashOf identifies} the dataset; null if an earlier version wrote it
   */
  public record Summary(
      @JsonProperty("schemaVersion") int schemaVersion,
      @JsonProperty("split") String split,
      @JsonProperty("archives") SortedMap<String, Long> archives,
      @JsonProperty("dataset") @JsonInclude(JsonInclude.Include.NON_NULL) String dataset) {
    public Summary {
      archives = Collections.unmodifiableSortedMap(new TreeMap<>(archives));
    }

    public Summary(String split, Map<String, Long> archives, String dataset) {
      this(SCHEMA_VERSION, split, new TreeMap<>(archives), dataset);
    }
  }

  /** A hash of a dataset's settings and shards, which no other dataset has. */
  public static String hashOf(DatasetManifest manifest) {
    return Sha256.of(
        Json.document(List.of(manifest.split(), manifest.settings(), manifest.shards())));
  }

  /**
   * A record may have been copied with the wrong dataset, and would vouch for other pictures.
   *
   * @throws Failure of kind BAD_DATA if it is that of another dataset
   */
  static void requireOf(Location dataset, DatasetManifest manifest, Summary summary) {
    if (summary.dataset() != null && !summary.dataset().equals(hashOf(manifest))) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is the record of another dataset than %s. Put its own there, or delete it, and pictures are compared by name and length only"
              .formatted(at(dataset), dataset));
    }
  }

  private static Optional<DatasetManifest> manifestOf(ObjectStore store, Location dataset) {
    try {
      return Dataset.isAt(store, dataset)
          ? Optional.of(Dataset.withoutShards(store, dataset).manifest())
          : Optional.empty();
    } catch (Failure e) {
      // A damaged dataset is refused later, with a better message.
      return Optional.empty();
    }
  }

  static Location at(Location dataset) {
    return dataset.resolve(ReservedName.INPUTS);
  }

  /**
   * Reads the record of a dataset, and its manifest.
   *
   * @param pictures is told of each picture
   * @return empty if there is no record: an earlier version made the dataset
   * @throws Failure of kind BAD_DATA if it is damaged, or of another dataset
   */
  public static Optional<Summary> read(
      ObjectStore store, Location dataset, Consumer<ReadPicture> pictures) {
    Optional<Summary> summary = readAsFound(store, dataset, pictures);
    summary.ifPresent(
        found ->
            manifestOf(store, dataset).ifPresent(manifest -> requireOf(dataset, manifest, found)));
    return summary;
  }

  /**
   * Reads a record, whatever dataset it is of.
   *
   * @param pictures is told of each picture
   * @return empty if there is no record: an earlier version made the dataset
   * @throws Failure of kind BAD_DATA if it is damaged
   */
  static Optional<Summary> readAsFound(
      ObjectStore store, Location dataset, Consumer<ReadPicture> pictures) {
    Location file = at(dataset);
    try (InputStream packed = open(store, file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      for (; line != null && line.startsWith("["); line = lines.readLine()) {
        pictures.accept(Json.read(line.getBytes(StandardCharsets.UTF_8), ReadPicture.class, file));
      }
      byte[] last = (line == null ? "" : line).getBytes(StandardCharsets.UTF_8);
      return Optional.of(FORMAT.read(last, Summary.class, file));
    } catch (ZipException | EOFException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is damaged; delete it, and pictures are compared by name and length only: %s"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.INPUT_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** One request in a bucket, where the record of a million pictures has some 30 MB. */
  private static InputStream open(ObjectStore store, Location file) {
    return file.isCloud()
        ? new ByteArrayInputStream(store.readAll(file))
        : Channels.newInputStream(store.open(file));
  }
}
