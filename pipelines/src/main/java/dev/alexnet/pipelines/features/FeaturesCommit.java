package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.numpy.NpyWriter;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.output.WrittenFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the files that belong to all shards together, {@code features.json} last. */
final class FeaturesCommit {
  private final ObjectStore store;
  private final FeaturesSettings settings;
  private final FeaturesSettings given;
  private final ResultOutput place;

  /**
   * @param settings as this process can use them
   * @param given the same as the user gave them, whose places the manifest names, so that it does
   *     not depend on the engine
   */
  FeaturesCommit(ObjectStore store, FeaturesSettings settings, FeaturesSettings given) {
    this.store = store;
    this.settings = settings;
    this.given = given;
    this.place = Features.outputOf(store, settings.output());
  }

  /**
   * Skips what is already done: an engine may repeat this step after the rows were deleted.
   *
   * @param shards all shards, in order
   */
  void commit(List<FeatureShard> shards) {
    place.complete(() -> manifest(shards));
  }

  private FeaturesManifest manifest(List<FeatureShard> shards) {
    Dataset dataset = Dataset.open(store, settings.data());
    ModelDescription model = Predictor.describe(store, settings.model());
    long images = shards.stream().mapToLong(FeatureShard::records).sum();
    joinRows(shards, images);
    deleteOthers(shards);
    return new FeaturesManifest(
        FeaturesManifest.SCHEMA_VERSION,
        images,
        shards.stream().mapToLong(FeatureShard::undecodable).sum(),
        shards.stream().mapToInt(FeatureShard::values).max().orElse(0),
        settings.views(),
        settings.suffixes(),
        given.data().value(),
        dataset.hash(),
        given.model().value(),
        model.savedModelHash(),
        written(images),
        shards);
  }

  private List<Shard> written(long images) {
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put(FeaturesManifest.IMAGES, images);
    rows.put(FeaturesManifest.LABELS, images);
    return WrittenFiles.described(store, settings.output(), rows);
  }

  private void joinRows(List<FeatureShard> shards, long images) {
    Location rows = settings.output().resolve(FeaturesManifest.IMAGES);
    Location labels = settings.output().resolve(FeaturesManifest.LABELS);
    try (PendingObject pendingRows = store.create(rows);
        PendingObject pendingLabels = store.create(labels)) {
      NpyWriter writer = NpyWriter.ofLongs(pendingLabels.stream(), images);
      for (FeatureShard shard : shards) {
        Location part = ShardFiles.rows(place.ledger(), shard.index());
        try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(ObjectStream.open(store, part), StandardCharsets.UTF_8))) {
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            byte[] row = line.getBytes(StandardCharsets.UTF_8);
            writer.write(Json.read(row, FeatureRow.class, part).label());
            pendingRows.stream().write(row);
            pendingRows.stream().write('\n');
          }
        }
      }
      writer.finish();
      pendingRows.commit();
      pendingLabels.commit();
    } catch (IOException e) {
      throw Failure.inputOutput("write", rows, e);
    }
  }

  /**
   * Deletes files of an unfinished run of another dataset, which would be taken for features of
   * this one.
   */
  private void deleteOthers(List<FeatureShard> shards) {
    Set<String> files =
        shards.stream()
            .flatMap(shard -> shard.files().stream())
            .map(Shard::name)
            .collect(Collectors.toSet());
    place.deleteOthers(FeatureFormat::isFile, files);
  }
}
