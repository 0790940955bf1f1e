package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.pipelines.inference.ShardBatches;
import dev.alexnet.pipelines.score.statistics.RankCandidates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Scores one shard: writes one row per image to a file, and returns the totals. */
final class ShardScorer {
  private final ObjectStore store;
  private final MemberProbabilities probabilities;
  private final Grader grader;
  private final ScoreSettings settings;
  private final LongConsumer imagesDone;

  /**
   * @param imagesDone is told the number of images of each finished batch
   */
  ShardScorer(
      ObjectStore store,
      MemberProbabilities probabilities,
      Grader grader,
      ScoreSettings settings,
      LongConsumer imagesDone) {
    this.store = store;
    this.probabilities = probabilities;
    this.grader = grader;
    this.settings = settings;
    this.imagesDone = imagesDone;
  }

  /** How many images are predicted at once. */
  static int images(ScoreSettings settings) {
    return ShardBatches.imagesOf(settings.batch(), settings.views());
  }

  /**
   * @param plan the hash of all that the rows are made from
   * @param index the shard's index in the dataset
   */
  Tally score(String plan, Dataset dataset, int index) {
    RowFiles files = new RowFiles(store, settings, dataset.manifest());
    String name = String.format(Locale.ROOT, "%05d", index);
    Optional<FinishedRows> finished = files.ledger().attempt(name, FinishedRows.class, plan);
    if (finished.isPresent()) {
      return tallied(finished.get(), files.rows(index));
    }
    Tally tally = new Tally(settings.guesses());
    tally.addReplaced(probabilities.replacedOperations());
    Location candidates = settings.findWeights() ? files.candidates(index) : null;
    Location kept = settings.keepProbabilities() ? files.probabilities(index) : null;
    try (ProbabilityFile keeping = kept == null ? null : keeping(kept, dataset, index);
        ShardOutput output = new ShardOutput(store, files.rows(index), candidates, keeping)) {
      write(dataset, index, output, tally);
      output.commit();
    } catch (IOException e) {
      throw Failure.inputOutput("write", files.rows(index), e);
    }
    files
        .ledger()
        .record(
            name, FinishedRows.of(store, plan, files, files.rows(index), candidates, kept, tally));
    return tally;
  }

  private ProbabilityFile keeping(Location file, Dataset dataset, int index) throws IOException {
    long records = dataset.manifest().shards().get(index).records();
    int members = settings.models().size();
    return new ProbabilityFile(store, file, records, members, probabilities.classes());
  }

  private void write(Dataset dataset, int index, ShardOutput output, Tally tally)
      throws IOException {
    int classes = dataset.manifest().classes().size();
    Shard shard = dataset.manifest().shards().get(index);
    try (MemberProbabilities.OfShard ofShard = probabilities.open(index)) {
      new ShardBatches(dataset, images(settings), imagesDone)
          .run(shard, new Writing(classes, ofShard, output, tally));
      ofShard.finish();
    }
  }

  private Tally tallied(FinishedRows finished, Location rows) {
    Tally tally = new Tally(settings.guesses());
    tally.addReplaced(finished.replacedOperations());
    Predictions.readFile(
        store, rows.parent(), rows.name(), 0, (row, prediction, where) -> tally.add(prediction));
    imagesDone.accept(tally.images());
    return tally;
  }

  /** Writes and counts one row per image. */
  private final class Writing implements ShardBatches.Work {
    private final int classes;
    private final MemberProbabilities.OfShard probabilities;
    private final ShardOutput output;
    private final Tally tally;
    private long written;

    Writing(
        int classes, MemberProbabilities.OfShard probabilities, ShardOutput output, Tally tally) {
      this.classes = classes;
      this.probabilities = probabilities;
      this.output = output;
      this.tally = tally;
    }

    @Override
    public void check(ImageRecord record, Object where) {
      if (record.label() >= classes) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s: %s has the label %d; there are %d classes"
                .formatted(where, record.fileName(), record.label(), classes));
      }
    }

    @Override
    public void compute(List<ImageRecord> batch) throws IOException {
      List<float[][]> each = probabilities.of(written, batch);
      float[][] means = Ensemble.mean(settings.members(), each);
      List<Prediction> predictions = new ArrayList<>(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        ImageRecord record = batch.get(i);
        predictions.add(grader.prediction(record, means[i]));
        if (output.wantsCandidates() && record.label() >= 0) {
          output.write(RankCandidates.of(each, i, (int) grader.label(record)));
        }
      }
      for (int i = 0; i < predictions.size(); i++) {
        output.keep(each, i);
        write(predictions.get(i));
      }
    }

    @Override
    public void writeUndecodable(String image, long label, String reason) throws IOException {
      output.keepNone();
      write(Prediction.undecodable(image, grader.modelLabel(label), reason));
    }

    private void write(Prediction prediction) throws IOException {
      output.write(prediction);
      tally.add(prediction);
      written++;
    }
  }
}
