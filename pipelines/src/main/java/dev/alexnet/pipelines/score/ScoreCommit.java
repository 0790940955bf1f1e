package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.Ensemble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;

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
  void commit(Iterable<Tally> tallies, int shards) {
    int count = 0;
    Tally total = new Tally();
    for (Tally tally : tallies) {
      total.add(tally);
      count++;
    }
    if (count != shards) {
      throw new IllegalStateException(count + " of " + shards + " shards were scored");
    }
    joinRows(shards);
    Scores scores = scores(total);
    store.write(settings.output().resolve(Scores.FILE), Json.document(scores));
    store.deleteDirectory(settings.output().resolve(ScorePipeline.ROWS));
    store.deleteAbandoned(settings.output());
  }

  private Scores scores(Tally total) {
    Dataset dataset = Dataset.open(store, settings.data());
    List<Ensemble.Member> members = settings.members();
    List<ScoredModel> models = ScoredModel.of(members, Ensemble.describe(store, members));
    int classes = dataset.manifest().classes().size();
    ErrorWithin top1 = total.errorWithin(1);
    ErrorWithin top5 = total.errorWithin(Tally.GUESSES);
    return new Scores(
        Scores.SCHEMA_VERSION,
        total.images(),
        total.scored(),
        total.unlabelled(),
        total.undecodable(),
        dataset.manifest().rejected(),
        total.tied(),
        classes,
        top1.error(),
        top5.error(),
        top1.interval(),
        top5.interval(),
        total.errors(),
        settings.views(),
        settings.batch(),
        settings.data().value(),
        dataset.hash(),
        ScoredModel.directories(models),
        ScoredModel.hash(models),
        models,
        GuessingAlarm.of(top1, total.scored(), classes).stream().toList());
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
