package dev.alexnet.pipelines.score;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.ShardPipeline;
import dev.alexnet.pipelines.inference.ImageFit;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.truth.TruthFile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Scores a model on a dataset. One element is one shard: its rows are written to their own file and
 * its totals are combined. The last step joins the rows of a small set and writes {@code
 * scores.json}, so a retried shard changes nothing and a killed run leaves no scores.
 */
public final class ScorePipeline {
  private final ObjectStore store;

  /**
   * What is scored.
   *
   * @param truth null if the dataset's labels are right
   */
  private record Subject(
      ScoreSettings settings,
      Dataset dataset,
      List<ModelDescription> descriptions,
      TruthFile truth) {
    String models() {
      return ScoredModel.hash(ScoredModel.of(settings.members(), descriptions));
    }

    String truthHash() {
      return truth == null ? "" : truth.hash();
    }

    /**
     * The hash of everything that decides a shard's rows. The batch is part of it, because sums may
     * be added in another order in another batch.
     */
    String plan() {
      Map<String, Object> inputs = new TreeMap<>();
      inputs.put("dataset", dataset.hash());
      inputs.put("models", models());
      inputs.put("views", settings.views());
      inputs.put("batch", settings.batch());
      inputs.put("weights", settings.findWeights());
      if (truth != null) {
        inputs.put("truth", truth.hash());
      }
      return Sha256.of(Json.document(inputs));
    }
  }

  @Inject
  public ScorePipeline(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Scores on the options' runner, and waits for it to finish.
   *
   * @param progress is told of finished images
   * @throws Failure of kind INPUT_MISSING if the dataset or the model does not exist, MISMATCH if
   *     they do not fit, OUTPUT_EXISTS if the output is a dataset or a model, holds scores of
   *     something else, or another run is working in it, BAD_DATA if there is no record or if more
   *     records cannot be decoded than the settings allow
   */
  public Scores run(ScoreSettings settings, PipelineOptions options, Progress progress) {
    return run(settings, options, progress, seconds -> {});
  }

  /**
   * Scores, and also reports the time of the arithmetic check.
   *
   * @param checkSeconds receives the total time for which the workers checked the arithmetic of the
   *     models' operations; not called if the scores already existed
   */
  public Scores run(
      ScoreSettings settings,
      PipelineOptions options,
      Progress progress,
      DoubleConsumer checkSeconds) {
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    Dataset dataset = Dataset.open(store, settings.data());
    if (dataset.manifest().records() == 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          settings.data() + " holds no image, so there is nothing to score; convert it again");
    }
    List<Ensemble.Member> members = settings.members();
    List<ModelDescription> descriptions = Ensemble.describe(store, members);
    for (int i = 0; i < members.size(); i++) {
      requireFit(dataset, members.get(i).model(), descriptions.get(i), settings);
    }
    Labels labels = descriptions.get(0).labels();
    requireClasses(
        dataset.manifest().labels().isPartOf(labels) ? members.get(0).model() : settings.data(),
        labels,
        settings);
    TruthFile truth =
        settings.truth() == null ? null : TruthFile.read(store, settings.truth(), labels);
    Subject subject = new Subject(settings, dataset, descriptions, truth);
    Submission submission =
        settings.devkit() == null
            ? null
            : new Submission(store, dataset, labels, settings.devkit());
    // Finished scores need no right to write, unless a submission is made of them.
    Optional<Scores> intact = submission == null ? intact(subject) : Optional.empty();
    if (intact.isPresent()) {
      checkBudget(intact.get(), settings);
      return intact.get();
    }
    return DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          Scores scores = new ScorePipeline(held).scores(subject, options, progress, checkSeconds);
          return finished(held, scores, submission, settings);
        });
  }

  /**
   * Whether a finished run's output exists with every file as it was written. Reads local files to
   * check them.
   *
   * @throws Failure of kind BAD_DATA if scores.json is damaged, MISMATCH if another version of this
   *     program wrote it
   */
  public boolean isIntact(Location output) {
    return RowFiles.outputOf(store, output).isComplete()
        && Scores.read(store, output.resolve(Scores.FILE)).damagedFiles(store, output).isEmpty();
  }

  private Optional<Scores> intact(Subject subject) {
    ScoreSettings settings = subject.settings();
    ResultOutput place = RowFiles.outputOf(store, settings.output());
    if (!place.isComplete() || place.ledger().exists()) {
      return Optional.empty();
    }
    return Optional.of(existing(subject))
        .filter(scores -> scores.damagedFiles(store, settings.output()).isEmpty());
  }

  private Scores scores(
      Subject subject, PipelineOptions options, Progress progress, DoubleConsumer checkSeconds) {
    ScoreSettings settings = subject.settings();
    Dataset dataset = subject.dataset();
    Location file = settings.output().resolve(Scores.FILE);
    List<String> damaged = List.of();
    ResultOutput place = RowFiles.outputOf(store, settings.output());
    if (place.isComplete()) {
      Scores scores = existing(subject);
      damaged = scores.damagedFiles(store, settings.output());
      if (place.keepUnlessDamaged(damaged)) {
        return scores;
      }
    }
    WorkerFence fence = WorkerFence.of(store);
    Counters counted =
        new ShardPipeline(
                options,
                dataset.manifest().shards().size(),
                "Score",
                new ScoreShardFn(settings, subject.plan(), fence),
                ScoredShard.class,
                (workers, results) -> new ScoreCommit(workers, settings).commit(results),
                fence)
            .run(dataset.manifest().records(), progress);
    checkSeconds.accept(counted.of(ScorePipeline.class, ScoreShardFn.CHECK_MILLIS) / 1e3);
    Scores scores = Scores.read(store, file);
    return damaged.isEmpty()
        ? scores
        : scores.with("Rewriting missing or damaged files: " + NameList.of(damaged));
  }

  private static Scores finished(
      ObjectStore held, Scores scores, Submission submission, ScoreSettings settings) {
    long missing = submission == null ? 0 : submission.write(held, settings.output(), scores);
    checkBudget(scores, settings);
    return missing == 0
        ? scores
        : scores.with(
            "%,d lines of %s are 0 0 0 0 0, for pictures without a prediction: they were rejected, cannot be decoded or are not in the dataset. 'alexnet evaluate' counts them as wrong; scores.json leaves them out. ILSVRC may refuse such lines, because its ids start at 1: before you submit the file, convert all pictures"
                .formatted(missing, settings.output().resolve(Scores.SUBMISSION)));
  }

  private static void checkBudget(Scores scores, ScoreSettings settings) {
    if (scores.counts().undecodable() > settings.maxRejected()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%,d of %,d records cannot be decoded; the settings allow %,d. The scores of the other %,d are in %s, complete. Look for 'undecodable' in the rows there; convert the dataset again or raise --max-rejected"
              .formatted(
                  scores.counts().undecodable(),
                  scores.counts().images(),
                  settings.maxRejected(),
                  scores.counts().images() - scores.counts().undecodable(),
                  settings.output()));
    }
  }

  private static void requireClasses(Location place, Labels labels, ScoreSettings settings) {
    int classes = labels.size();
    int most = settings.guesses().last();
    if (most > Math.max(Tally.GUESSES, classes)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "--top counts errors within %d guesses, but %s has %d classes, and one of %d guesses is always right; give at most %d"
              .formatted(most, place, classes, classes, classes));
    }
  }

  private static void requireFit(
      Dataset dataset, Location place, ModelDescription model, ScoreSettings settings) {
    Labels labels = dataset.manifest().labels();
    String difference = labels.differenceFrom(model.labels());
    if (!difference.isEmpty() && !labels.isPartOf(model.labels())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The classes of "
              + settings.data()
              + " and "
              + place
              + " differ: "
              + difference
              + ". Score a dataset that was converted with the classes of the training set");
    }
    ImageFit.require(dataset, place, model, settings.views());
  }

  private Scores existing(Subject subject) {
    ScoreSettings settings = subject.settings();
    Location file = settings.output().resolve(Scores.FILE);
    Scores scores = Scores.read(store, file);
    if (!scores.inputs().datasetHash().equals(subject.dataset().hash())
        || !scores.inputs().modelHash().equals(subject.models())
        || scores.mode().views() != settings.views()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " holds scores of another dataset or model, or of other views; choose another"
              + " --output or delete it");
    }
    if (!scores.inputs().truthHash().equals(subject.truthHash())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " holds scores by other labels, of another --truth or of the dataset; choose another"
              + " --output or delete it");
    }
    if ((settings.findWeights() && scores.foundWeights() == null)
        || !scores.guesses().containsAll(settings.guesses())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " was made without --find-weights or with a different --top; choose another --output"
              + " or delete it");
    }
    return scores;
  }
}
