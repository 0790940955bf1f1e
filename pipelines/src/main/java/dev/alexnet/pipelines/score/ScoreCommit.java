package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;

/** Joins the rows of all shards in their order and writes the totals, {@code scores.json} last. */
final class ScoreCommit {
  private final ObjectStore store;
  private final ScoreSettings settings;

  ScoreCommit(ObjectStore store, ScoreSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * @param shards how many there must be
   */
  void commit(Iterable<ShardScore> scores, int shards) {
    int count = 0;
    ShardScore total = ShardScore.none(0);
    for (ShardScore score : scores) {
      total = total.plus(score);
      count++;
    }
    if (count != shards) {
      throw new IllegalStateException(count + " of " + shards + " shards were scored");
    }
    joinRows(shards);
    Dataset dataset = Dataset.open(store, settings.data());
    ModelDescription model = Predictor.describe(store, settings.model());
    double top1 = ShardScore.error(total.top1(), total.scored());
    double top5 = ShardScore.error(total.top5(), total.scored());
    Scores result =
        new Scores(
            Scores.SCHEMA_VERSION,
            total.images(),
            total.scored(),
            total.unlabelled(),
            total.undecodable(),
            top1,
            top5,
            Interval.of(top1, total.scored()),
            Interval.of(top5, total.scored()),
            settings.views(),
            settings.data().value(),
            dataset.hash(),
            settings.model().value(),
            model.savedModelHash());
    store.write(settings.output().resolve(Scores.FILE), Json.document(result));
    store.deleteDirectory(settings.output().resolve(ScorePipeline.ROWS));
    store.deleteAbandoned(settings.output());
  }

  private void joinRows(int shards) {
    Location file = settings.output().resolve(Scores.PREDICTIONS);
    try (PendingObject pending = store.create(file)) {
      for (int shard = 0; shard < shards; shard++) {
        Location rows = ScorePipeline.rows(settings.output(), shard);
        try (InputStream stream = Channels.newInputStream(store.open(rows))) {
          stream.transferTo(pending.stream());
        }
      }
      pending.commit();
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INPUT_OUTPUT, "Cannot write " + file + ": " + e, e);
    }
  }
}
