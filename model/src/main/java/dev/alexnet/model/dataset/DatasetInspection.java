package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a dataset's directory contains, and every problem with it.
 *
 * @param manifest of the dataset
 * @param records how many intact records there are
 * @param unlabelled how many of them have no label
 * @param imagesOfLabel how many each class has, in the order of the labels
 * @param rejected how many pictures were rejected, by reason
 * @param statistics as they are stored; null if they cannot be read
 * @param findings in the order of shards and offsets, then of the other files
 */
public record DatasetInspection(
    DatasetManifest manifest,
    long records,
    long unlabelled,
    List<Long> imagesOfLabel,
    SortedMap<String, Long> rejected,
    DatasetStatistics statistics,
    List<Finding> findings) {

  /**
   * Reads every byte of a dataset, several shards at a time.
   *
   * @param progress counts records
   * @throws Failure of kind BAD_DATA if the manifest itself cannot be read
   */
  public static DatasetInspection of(ObjectStore store, Location directory, Progress progress) {
    Dataset dataset = Dataset.withoutShards(store, directory);
    DatasetManifest manifest = dataset.manifest();
    AtomicLong done = new AtomicLong();
    List<ShardInspection> shards =
        manifest.shards().parallelStream()
            .map(
                shard ->
                    ShardInspection.of(
                        store,
                        directory,
                        manifest,
                        shard,
                        count ->
                            progress.report(
                                done.addAndGet(count), manifest.records(), "records", "")))
            .toList();
    List<Finding> findings =
        new ArrayList<>(shards.stream().flatMap(shard -> shard.findings().stream()).toList());
    findings.addAll(unlistedFiles(dataset, directory));
    findings.addAll(files(store, directory, manifest));
    findings.addAll(contradictions(directory, manifest));
    SortedMap<String, Long> rejected = rejected(store, directory, manifest, findings);
    long[] imagesOfLabel = new long[manifest.classes().size()];
    shards.forEach(
        shard -> Arrays.setAll(imagesOfLabel, i -> imagesOfLabel[i] + shard.imagesOfLabel()[i]));
    return new DatasetInspection(
        manifest,
        shards.stream().mapToLong(ShardInspection::records).sum(),
        shards.stream().mapToLong(ShardInspection::unlabelled).sum(),
        Arrays.stream(imagesOfLabel).boxed().toList(),
        rejected,
        statistics(dataset),
        findings);
  }

  private static List<Finding> unlistedFiles(Dataset dataset, Location directory) {
    return dataset.unlistedShards().stream()
        .map(
            name ->
                Finding.of(directory.resolve(name), "it is not a shard of this dataset; remove it"))
        .toList();
  }

  private static List<Finding> files(
      ObjectStore store, Location directory, DatasetManifest manifest) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, String> entry : manifest.files().entrySet()) {
      Location file = directory.resolve(entry.getKey());
      if (!store.exists(file)) {
        findings.add(
            Finding.of(file, "it is missing; run the command that made the dataset again"));
      } else if (!Dataset.hashOf(store, file).equals(entry.getValue())) {
        findings.add(
            Finding.of(
                file,
                "its SHA-256 is not the one in the manifest; it was changed after it was written"));
      }
    }
    return findings;
  }

  /** Some files are derived from the manifest: a changed manifest would give other files. */
  private static List<Finding> contradictions(Location directory, DatasetManifest manifest) {
    return TensorFlowDatasetsFiles.of(manifest).entrySet().stream()
        .filter(
            file -> {
              String written = manifest.files().get(file.getKey());
              return written != null && !written.equals(Sha256.of(file.getValue()));
            })
        .map(
            file ->
                Finding.of(
                    directory.resolve(Dataset.MANIFEST),
                    "it does not match "
                        + file.getKey()
                        + ", which was made from it; it was "
                        + "changed after it was written"))
        .toList();
  }

  private static SortedMap<String, Long> rejected(
      ObjectStore store, Location directory, DatasetManifest manifest, List<Finding> findings) {
    SortedMap<String, Long> byReason = new TreeMap<>();
    Location file = directory.resolve(Dataset.REJECTED);
    if (!store.exists(file)) {
      return byReason;
    }
    long count = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(ObjectStream.open(store, file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count++;
        byReason.merge(reasonOf(line, file + " line " + count, findings), 1L, Long::sum);
      }
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
    if (count != manifest.rejected()) {
      findings.add(
          Finding.of(
              file,
              "it has %,d lines; the manifest says %,d".formatted(count, manifest.rejected())));
    }
    return byReason;
  }

  private static String reasonOf(String line, String where, List<Finding> findings) {
    try {
      return Json.read(line.getBytes(StandardCharsets.UTF_8), Rejection.class, where).reason();
    } catch (Failure e) {
      findings.add(Finding.of(where, e.getMessage()));
      return "UNREADABLE";
    }
  }

  /** Their hash has already shown whether they are damaged. */
  private static DatasetStatistics statistics(Dataset dataset) {
    try {
      return dataset.statistics();
    } catch (Failure e) {
      return null;
    }
  }
}
