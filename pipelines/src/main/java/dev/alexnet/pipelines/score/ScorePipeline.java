package dev.alexnet.pipelines.score;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.output.ResultOutput;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Dataset and model to scores. One element is one shard: its rows go into a file of its own, its
 * totals are combined, and the last step joins the rows of a small set and writes {@code
 * scores.json}, so a retried shard changes nothing and a killed run leaves no scores.
 */
public final class ScorePipeline {
  private static final String IMAGES = "images";
  private static final String CHECK_MILLIS = "arithmetic_check_milliseconds";

  private final ObjectStore store;

  @Inject
  public ScorePipeline(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Scores, on the runner of the options, and waits for the end.
   *
   * @param progress hears of images
   * @throws Failure of kind INPUT_MISSING where dataset or model is not there, MISMATCH where they
   *     do not fit, OUTPUT_EXISTS where the output is a dataset or a model, or holds scores of
   *     something else, or another run works in it, BAD_DATA where there is no record or more
   *     records cannot be decoded than the settings allow
   */
  public Scores run(ScoreSettings settings, PipelineOptions options, Progress progress) {
    return run(settings, options, progress, seconds -> {});
  }

  /**
   * The same.
   *
   * @param checkSeconds hears how long the workers, together, checked the arithmetic of the models'
   *     operations; nothing if the scores were there already
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
    requireClasses(dataset, settings);
    List<Ensemble.Member> members = settings.members();
    List<ModelDescription> descriptions = Ensemble.describe(store, members);
    for (int i = 0; i < members.size(); i++) {
      requireFit(dataset, members.get(i).model(), descriptions.get(i), settings);
    }
    Submission submission =
        settings.devkit() == null ? null : new Submission(store, dataset, settings.devkit());
    return DirectoryLock.holdingIfLocal(
        settings.output(),
        () -> {
          Scores scores = scores(dataset, descriptions, settings, options, progress, checkSeconds);
          return finished(scores, submission, settings);
        });
  }

  /**
   * Whether a finished run's output is there with every file as it was written. Local files are
   * read for it.
   *
   * @throws Failure of kind BAD_DATA if scores.json is damaged, MISMATCH if another version of this
   *     program wrote it
   */
  public boolean isIntact(Location output) {
    return RowFiles.place(store, output).isComplete()
        && Scores.read(store, output.resolve(Scores.FILE)).damagedFiles(store, output).isEmpty();
  }

  private Scores scores(
      Dataset dataset,
      List<ModelDescription> descriptions,
      ScoreSettings settings,
      PipelineOptions options,
      Progress progress,
      DoubleConsumer checkSeconds) {
    Location file = settings.output().resolve(Scores.FILE);
    List<String> damaged = List.of();
    ResultOutput place = RowFiles.place(store, settings.output());
    if (place.isComplete()) {
      String models = ScoredModel.hash(ScoredModel.of(settings.members(), descriptions));
      Scores scores = existing(file, dataset, models, settings);
      damaged = scores.damagedFiles(store, settings.output());
      if (place.keepUnlessDamaged(damaged)) {
        return scores;
      }
    }
    Pipeline pipeline = Pipeline.create(PipelineRun.prepared(options));
    int shards = dataset.manifest().shards().size();
    pipeline
        .apply("Shards", Create.of(IntStream.range(0, shards).boxed().toList()))
        .setCoder(VarIntCoder.of())
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Score", ParDo.of(new ScoreShardFn(settings)))
        .setCoder(SerializableCoder.of(Tally.class))
        .apply("Gather", WithKeys.<Integer, Tally>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Group", GroupByKey.create())
        .apply("Commit", ParDo.of(new CommitFn(settings, shards)));
    long total = dataset.manifest().records();
    Counters counted =
        PipelineRun.await(
            pipeline,
            counters ->
                progress.report(counters.of(ScorePipeline.class, IMAGES), total, IMAGES, ""));
    checkSeconds.accept(counted.of(ScorePipeline.class, CHECK_MILLIS) / 1e3);
    Scores scores = Scores.read(store, file);
    return damaged.isEmpty()
        ? scores
        : scores.with("Lost or damaged, and so written again: " + NameList.of(damaged));
  }

  private static Scores finished(Scores scores, Submission submission, ScoreSettings settings) {
    long missing = submission == null ? 0 : submission.write(settings.output(), scores);
    checkBudget(scores, settings);
    return missing == 0
        ? scores
        : scores.with(
            "%,d lines of %s are of pictures without a prediction, 0 0 0 0 0, because they were rejected, do not decode or are not in the dataset. 'alexnet evaluate' counts them as wrong, scores.json leaves them out. ILSVRC says of ids only that they are from 1: before you submit it, convert all pictures"
                .formatted(missing, settings.output().resolve(Scores.SUBMISSION)));
  }

  private static void checkBudget(Scores scores, ScoreSettings settings) {
    if (scores.undecodable() > settings.maxRejected()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%,d of %,d records cannot be decoded; the settings allow %,d. The scores of the other %,d are in %s, complete. Look for 'undecodable' in the rows there; convert the dataset again or raise --max-rejected"
              .formatted(
                  scores.undecodable(),
                  scores.images(),
                  settings.maxRejected(),
                  scores.images() - scores.undecodable(),
                  settings.output()));
    }
  }

  private static void requireClasses(Dataset dataset, ScoreSettings settings) {
    int classes = dataset.manifest().classes().size();
    int most = settings.guesses().last();
    if (most > Math.max(Tally.GUESSES, classes)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "--top counts errors within %d guesses, but %s has %d classes, and one of %d guesses is always right; give at most %d"
              .formatted(most, settings.data(), classes, classes, classes));
    }
  }

  private static void requireFit(
      Dataset dataset, Location place, ModelDescription model, ScoreSettings settings) {
    DatasetManifest manifest = dataset.manifest();
    String difference = manifest.labels().differenceFrom(model.labels());
    if (!difference.isEmpty()) {
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
    int expected = manifest.operations().isEmpty() ? model.imageSize() : model.inputSize();
    if (manifest.imageSize() != expected) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The images of "
              + settings.data()
              + " are "
              + manifest.imageSize()
              + " pixels wide; "
              + place
              + " was trained from images of "
              + model.imageSize()
              + ". Convert with --size "
              + model.imageSize());
    }
    if (settings.views() > 1 && manifest.imageSize() == model.inputSize()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The images of "
              + settings.data()
              + " are as large as the network's input, so all crops of one are the same."
              + " Score them with --views 1, or the dataset before its augmentation");
    }
  }

  private Scores existing(Location file, Dataset dataset, String models, ScoreSettings settings) {
    Scores scores = Scores.read(store, file);
    if (!scores.datasetHash().equals(dataset.hash())
        || !scores.modelHash().equals(models)
        || scores.views() != settings.views()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " holds scores of another dataset or model, or of other views; choose another --output or delete it");
    }
    if ((settings.findWeights() && scores.foundWeights() == null)
        || !scores.guesses().containsAll(settings.guesses())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          file
              + " was made without --find-weights or for other --top; choose another --output or delete it");
    }
    return scores;
  }

  static final class ScoreShardFn extends DoFn<Integer, Tally> {
    private static final long serialVersionUID = 1L;

    private final ScoreSettings settings;
    private final Counter images = Metrics.counter(ScorePipeline.class, IMAGES);
    private final Counter checkMillis = Metrics.counter(ScorePipeline.class, CHECK_MILLIS);
    private transient ObjectStore store;
    private transient Dataset dataset;
    private transient SharedEnsemble shared;

    ScoreShardFn(ScoreSettings settings) {
      this.settings = settings;
    }

    @Setup
    public void setup() {
      store = ObjectStores.standard();
      dataset = Dataset.open(store, settings.data());
      shared =
          SharedEnsemble.acquire(
              store,
              settings.members(),
              settings.devices(),
              ShardScorer.images(settings) * settings.views());
    }

    @ProcessElement
    public void process(@Element Integer shard, OutputReceiver<Tally> out) {
      checkMillis.inc(shared.takeCheckMillis());
      ShardScorer scorer = new ShardScorer(store, shared.ensemble(), settings, images::inc);
      out.output(scorer.score(dataset, shard));
    }

    @Teardown
    public void teardown() {
      if (shared != null) {
        shared.close();
      }
    }
  }

  static final class CommitFn extends DoFn<KV<Integer, Iterable<Tally>>, Void> {
    private static final long serialVersionUID = 1L;

    private final ScoreSettings settings;
    private final int shards;
    private transient ObjectStore store;

    CommitFn(ScoreSettings settings, int shards) {
      this.settings = settings;
      this.shards = shards;
    }

    @Setup
    public void setUp() {
      store = ObjectStores.standard();
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Tally>> all) {
      new ScoreCommit(store, settings).commit(all.getValue(), shards);
    }
  }
}
