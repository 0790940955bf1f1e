package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.DatasetRows;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.pipelines.features.Features;
import dev.alexnet.pipelines.features.SimilarRows;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds images that two datasets have in common. Equal pictures that are converted in the same way
 * give equal bytes, so the hashes of the stored images tell: it does not matter what the pictures
 * were named, in which format they were, or what metadata they had.
 */
public final class LeakSearch {
  /** The settings of a conversion without which equal pictures give other bytes. */
  private static final List<String> DECIDING = List.of("size", "quality", "resize");

  private final ObjectStore store;

  @Inject
  public LeakSearch(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  private record Image(String name, String wnid) {}

  private interface Visitor {
    void image(String hash, Image image);
  }

  /**
   * Reads both datasets.
   *
   * @param features those of both, in the order of the datasets; empty to look for the same images
   *     only
   * @param least the smallest cosine of images that count as similar
   * @throws Failure of kind INPUT_MISSING if something is missing, MISMATCH if the datasets were
   *     made in different ways or the features are of other datasets, BAD_DATA if something is
   *     damaged
   */
  public Leaks run(
      Location firstPlace,
      Location secondPlace,
      List<Location> features,
      double least,
      Progress progress) {
    Dataset first = Dataset.open(store, firstPlace);
    Dataset second = Dataset.open(store, secondPlace);
    requireComparable(first, second);
    // Before the datasets are read, which takes long.
    List<Features> opened = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      opened.add(featuresOf(i == 0 ? first : second, features.get(i)));
    }
    List<Leaks.Pair> same = same(first, second, progress);
    return new Leaks(
        firstPlace,
        secondPlace,
        first.manifest().records(),
        second.manifest().records(),
        same,
        opened.isEmpty() ? List.of() : near(first, second, opened, least, same, progress));
  }

  private static void requireComparable(Dataset first, Dataset second) {
    if (first.hash().equals(second.hash())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s and %s are the same dataset; give two"
              .formatted(first.location(), second.location()));
    }
    DatasetManifest one = first.manifest();
    DatasetManifest other = second.manifest();
    for (Dataset each : List.of(first, second)) {
      if (!each.manifest().operations().isEmpty()) {
        throw new Failure(
            Failure.Kind.MISMATCH,
            each.location()
                + " was augmented, so its images differ from their pictures; give the dataset that it was made from");
      }
    }
    for (String setting : DECIDING) {
      String here = one.settings().getOrDefault(setting, "unknown");
      String there = other.settings().getOrDefault(setting, "unknown");
      if (!here.equals(there)) {
        throw new Failure(
            Failure.Kind.MISMATCH,
            "%s was converted with %s %s and %s with %s, so the same picture became different images. Convert both in the same way"
                .formatted(first.location(), setting, here, second.location(), there));
      }
    }
  }

  private Features featuresOf(Dataset dataset, Location place) {
    Features features = Features.open(store, place);
    if (!features.manifest().datasetHash().equals(dataset.hash())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s has features of %s and not of %s; give --features in the order of the datasets"
              .formatted(place, features.manifest().dataset(), dataset.location()));
    }
    return features;
  }

  /**
   * For each image of the first dataset that is in the second, one image there: a picture that is
   * in both a thousand times would give a million pairs. Holds the hashes of the smaller dataset in
   * memory.
   */
  private List<Leaks.Pair> same(Dataset first, Dataset second, Progress progress) {
    long ofFirst = first.manifest().records();
    long ofSecond = second.manifest().records();
    long total = ofFirst + ofSecond;
    Map<String, List<Image>> known = new HashMap<>();
    List<Leaks.Pair> pairs = new ArrayList<>();
    if (ofFirst <= ofSecond) {
      read(
          first,
          0,
          total,
          progress,
          (hash, image) -> known.computeIfAbsent(hash, none -> new ArrayList<>(1)).add(image));
      read(
          second,
          ofFirst,
          total,
          progress,
          (hash, image) -> {
            List<Image> found = known.remove(hash);
            if (found != null) {
              found.forEach(each -> pairs.add(pair(each, image, 1)));
            }
          });
    } else {
      read(second, 0, total, progress, (hash, image) -> known.putIfAbsent(hash, List.of(image)));
      read(
          first,
          ofSecond,
          total,
          progress,
          (hash, image) ->
              known.getOrDefault(hash, List.of()).forEach(each -> pairs.add(pair(image, each, 1))));
    }
    return pairs;
  }

  private static Leaks.Pair pair(Image first, Image second, double cosine) {
    return new Leaks.Pair(first.name(), first.wnid(), second.name(), second.wnid(), cosine);
  }

  private static void read(
      Dataset dataset, long before, long total, Progress progress, Visitor visitor) {
    ExampleCodec codec = dataset.manifest().codec();
    long done = before;
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader records = dataset.read(shard)) {
        for (byte[] data = records.next(); data != null; data = records.next()) {
          ImageRecord record = codec.decode(data, records.where());
          visitor.image(Sha256.of(record.image()), imageOf(record));
          done++;
        }
      } catch (IOException e) {
        throw Failure.inputOutput("read", dataset.shardLocation(shard), e);
      }
      progress.report(done, total, "images", "");
    }
  }

  private static Image imageOf(ImageRecord record) {
    return new Image(record.fileName(), record.wnid());
  }

  private List<Leaks.Pair> near(
      Dataset first,
      Dataset second,
      List<Features> features,
      double least,
      List<Leaks.Pair> same,
      Progress progress) {
    List<SimilarRows.Pair> rows = SimilarRows.of(features.get(0), features.get(1), least, progress);
    Map<Long, ImageRecord> ofFirst =
        DatasetRows.read(first, rows.stream().map(SimilarRows.Pair::first).toList());
    Map<Long, ImageRecord> ofSecond =
        DatasetRows.read(second, rows.stream().map(SimilarRows.Pair::second).toList());
    Set<List<String>> known = new HashSet<>();
    same.forEach(pair -> known.add(List.of(pair.first(), pair.second())));
    return rows.stream()
        .map(
            row ->
                pair(
                    imageOf(ofFirst.get(row.first())),
                    imageOf(ofSecond.get(row.second())),
                    row.cosine()))
        .filter(pair -> !known.contains(List.of(pair.first(), pair.second())))
        .toList();
  }
}
