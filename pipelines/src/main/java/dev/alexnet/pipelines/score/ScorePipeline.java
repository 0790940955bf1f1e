package dev.alexnet.pipelines.score;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.engine.ShardPipeline;
import dev.alexnet.pipelines.engine.ShardWork;
import dev.alexnet.pipelines.output.ResultOutput;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Scores a model on a dataset. One element is one shard: its rows are written to their own file and
 * its totals are combined. The last step joins the rows of a small set and writes {@code
 * scores.json}, so a retried shard changes nothing and a killed run leaves no scores.
 */
public final class ScorePipeline {
  private final ObjectStore store;

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
    return run(settings, new PipelineRun(options), progress, checkSeconds);
  }

  /** The same, in a run that can be interrupted and that counts. */
  public Scores run(
      ScoreSettings given, PipelineRun run, Progress progress, DoubleConsumer checkSeconds) {
    ScoreSettings settings = run.forWorkers(ScoreSettings.DEFINITION, given);
    ScorableModels scorable = ScorableModels.of(store, settings);
    Submission submission =
        settings.devkit() == null
            ? null
            : new Submission(store, scorable.dataset(), scorable.labels(), settings.devkit());
    // Finished scores need no right to write, unless a submission is made of them.
    Optional<Scores> intact = submission == null ? intact(scorable, settings) : Optional.empty();
    if (intact.isPresent()) {
      checkBudget(intact.get(), settings);
      return intact.get();
    }
    return DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          Scores scores =
              new ScorePipeline(held).scores(scorable, settings, run, progress, checkSeconds);
          return finished(held, scores, submission, settings);
        });
  }

  /**
   * Hands the work to an engine and does not wait: for one that writes a description of the job and
   * runs it later. The job itself fails if too many records cannot be decoded. It makes no
   * submission: the command without a template does, once the scores are there.
   *
   * @throws Failure as {@link #run} does before it starts
   */
  public void launch(ScoreSettings given, PipelineRun run, Progress progress) {
    ScoreSettings settings = run.forWorkers(ScoreSettings.DEFINITION, given);
    ScorableModels scorable = ScorableModels.of(store, settings);
    DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          if (RowFiles.outputOf(held, settings.output()).isComplete()) {
            throw run.nothingToDo(settings.output());
          }
          RowFiles.outputOf(held, settings.output()).ledger().begin();
          String truthHash = scorable.truthHash();
          pipeline(
                  scorable,
                  settings,
                  run,
                  run.fence(held),
                  (workers, results) -> {
                    new ScoreCommit(workers, settings, truthHash).commit(results);
                    Location file = settings.output().resolve(Scores.FILE);
                    checkBudget(Scores.read(workers, file), settings);
                  })
              .launch();
          return null;
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

  private Optional<Scores> intact(ScorableModels scorable, ScoreSettings settings) {
    ResultOutput place = RowFiles.outputOf(store, settings.output());
    if (!place.isComplete() || place.ledger().exists()) {
      return Optional.empty();
    }
    return Optional.of(existing(scorable, settings))
        .filter(scores -> scores.damagedFiles(store, settings.output()).isEmpty());
  }

  private Scores scores(
      ScorableModels scorable,
      ScoreSettings settings,
      PipelineRun run,
      Progress progress,
      DoubleConsumer checkSeconds) {
    List<String> damaged = List.of();
    ResultOutput place = RowFiles.outputOf(store, settings.output());
    if (place.isComplete()) {
      Scores scores = existing(scorable, settings);
      damaged = scores.damagedFiles(store, settings.output());
      if (place.keepUnlessDamaged(damaged)) {
        return scores;
      }
    }
    place.ledger().begin();
    String truthHash = scorable.truthHash();
    Counters counted =
        pipeline(
                scorable,
                settings,
                run,
                run.fence(store),
                (workers, results) -> new ScoreCommit(workers, settings, truthHash).commit(results))
            .run(scorable.dataset().manifest().records(), progress);
    checkSeconds.accept(counted.of(ScorePipeline.class, ScoreShardFn.CHECK_MILLIS) / 1e3);
    Scores scores = Scores.read(store, settings.output().resolve(Scores.FILE));
    return damaged.isEmpty()
        ? scores
        : scores.with("Rewriting missing or damaged files: " + NameList.of(damaged));
  }

  private static ShardPipeline pipeline(
      ScorableModels scorable,
      ScoreSettings settings,
      PipelineRun run,
      WorkerFence fence,
      ShardWork.Commit<ScoredShard> commit) {
    return new ShardPipeline(
        run,
        settings.output(),
        fence,
        new ShardWork<>(
            "Score",
            scorable.dataset().manifest().shards().size(),
            new ScoreShardFn(settings, scorable.plan(settings), fence),
            ScoredShard.class,
            run.inferenceHints(),
            commit));
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

  private Scores existing(ScorableModels scorable, ScoreSettings settings) {
    Location file = settings.output().resolve(Scores.FILE);
    Scores scores = Scores.read(store, file);
    if (!scores.inputs().datasetHash().equals(scorable.dataset().hash())
        || !scores.inputs().modelHash().equals(scorable.modelHash(settings))
        || scores.mode().views() != settings.views()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " holds scores of another dataset or model, or of other views; choose another"
              + " --output or delete it");
    }
    if (!scores.inputs().truthHash().equals(scorable.truthHash())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " holds scores by other labels, of another --truth or of the dataset; choose another"
              + " --output or delete it");
    }
    if ((settings.findWeights() && scores.foundWeights() == null)
        || (settings.keepProbabilities() && scores.probabilities().isEmpty())
        || !scores.guesses().containsAll(settings.guesses())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " was made without --find-weights or --keep-probabilities or with a different --top;"
              + " choose another --output or delete it");
    }
    return scores;
  }
}
