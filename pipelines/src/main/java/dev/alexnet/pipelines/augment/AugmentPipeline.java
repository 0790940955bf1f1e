package dev.alexnet.pipelines.augment;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.augmentation.AugmentedMean;
import dev.alexnet.model.augmentation.Augmenter;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.MeanImage;
import dev.alexnet.model.session.TensorFlowLibrary;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.engine.ShardPipeline;
import dev.alexnet.pipelines.engine.ShardWork;
import dev.alexnet.pipelines.engine.WorkCounters;
import dev.alexnet.pipelines.output.DatasetOutput;
import dev.alexnet.pipelines.output.WrittenFiles;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;

/**
 * Turns a dataset into an augmented dataset. One element is one shard of the result; the last step
 * writes the manifest. The random draws of each variant depend only on the seed, the copy and the
 * image id, so engine, order and retries change nothing.
 */
public final class AugmentPipeline {
  private static final String SKIPPED_SHARDS = "skipped_shards";
  private static final String COPIES = "copies";
  private static final String OPERATIONS = "operations";
  private static final String SEED = "seed";
  private static final String SOURCE_HASH = "source_hash";

  private final ObjectStore store;

  @Inject
  public AugmentPipeline(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Augments on the options' runner, and waits for it to finish.
   *
   * @param progress is told of finished images
   * @throws Failure of kind INPUT_MISSING if there is no dataset, MISMATCH if it was already
   *     augmented, OUTPUT_EXISTS if the output holds another dataset or another run is working in
   *     it
   */
  public AugmentResult run(AugmentSettings settings, PipelineOptions options, Progress progress) {
    return run(settings, new PipelineRun(options), progress);
  }

  /** The same, in a run that can be interrupted and that counts. */
  public AugmentResult run(AugmentSettings given, PipelineRun run, Progress progress) {
    AugmentSettings settings = run.forWorkers(AugmentSettings.DEFINITION, given);
    Dataset source = sourceOf(settings);
    if (placeOf(source, settings).isFinished(progress)) {
      return alreadyComplete(settings);
    }
    return DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          DatasetOutput.Start start = begin(held, source, settings, progress);
          return start.complete()
              ? alreadyComplete(settings)
              : runPipeline(held, source, settings, run, progress, start.notices());
        });
  }

  /**
   * Hands the work to an engine and does not wait: for one that writes a description of the job and
   * runs it later.
   *
   * @throws Failure as {@link #run} does before it starts
   */
  public void launch(AugmentSettings given, PipelineRun run, Progress progress) {
    AugmentSettings settings = run.forWorkers(AugmentSettings.DEFINITION, given);
    Dataset source = sourceOf(settings);
    placeOf(source, settings);
    DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          if (begin(held, source, settings, progress).complete()) {
            throw run.nothingToDo(settings.output());
          }
          pipeline(held, source, settings, run).launch();
          return null;
        });
  }

  private Dataset sourceOf(AugmentSettings settings) {
    Dataset source = Dataset.open(store, settings.data());
    requirePlain(source);
    if (settings.output().isWithin(settings.data())
        && settings.data().isWithin(settings.output())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--output "
              + settings.output()
              + " is the same directory as --data, which is never overwritten; choose another"
              + " --output");
    }
    settings.augmentation().outputSize(source.manifest().imageSize());
    return source;
  }

  private DatasetOutput placeOf(Dataset source, AugmentSettings settings) {
    DatasetOutput place = ShardAugmenter.outputOf(store, source, settings);
    place.refuseForeignFiles();
    return place;
  }

  private static DatasetOutput.Start begin(
      ObjectStore held, Dataset source, AugmentSettings settings, Progress progress) {
    return ShardAugmenter.outputOf(held, source, settings)
        .begin(
            progress,
            (dataset, damaged) ->
                ShardAugmenter.recordIntact(held, dataset, damaged, plan(source, settings)));
  }

  /**
   * Whether a finished run's output exists with every file as it was written. Reads local files to
   * check them.
   *
   * @throws Failure of kind BAD_DATA if the manifest is damaged, MISMATCH if another version of
   *     this program wrote it
   */
  public boolean isIntact(Location output) {
    return isIntact(output, Progress.SILENT);
  }

  /**
   * The same, for large datasets.
   *
   * @param progress hears of shards
   */
  public boolean isIntact(Location output, Progress progress) {
    return WrittenFiles.isDatasetIntact(store, output, progress);
  }

  private AugmentResult alreadyComplete(AugmentSettings settings) {
    DatasetManifest there = Dataset.open(store, settings.output()).manifest();
    int shards = there.shards().size();
    return new AugmentResult(settings.output(), there.records(), shards, shards, true, List.of());
  }

  private AugmentResult runPipeline(
      ObjectStore held,
      Dataset source,
      AugmentSettings settings,
      PipelineRun run,
      Progress progress,
      List<String> notices) {
    Counters counts =
        pipeline(held, source, settings, run)
            .run(source.manifest().records() * settings.copies(), progress);
    Dataset made = Dataset.open(store, settings.output());
    int skipped = (int) counts.of(AugmentPipeline.class, SKIPPED_SHARDS);
    int shards = made.manifest().shards().size();
    return new AugmentResult(
        settings.output(), made.manifest().records(), shards, skipped, false, notices);
  }

  private static ShardPipeline pipeline(
      ObjectStore held, Dataset source, AugmentSettings settings, PipelineRun run) {
    WorkerFence fence = run.fence(held);
    return new ShardPipeline(
        run,
        settings.output(),
        fence,
        new ShardWork<>(
            "Augment",
            source.manifest().shards().size() * settings.copies(),
            new AugmentShardFn(settings, fence),
            AugmentedShard.class,
            ResourceHints.create(),
            (workers, results) -> commit(workers, settings, results)));
  }

  private static void requirePlain(Dataset source) {
    if (!source.manifest().operations().isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          source.location()
              + " was already augmented with "
              + String.join(" | ", source.manifest().operations())
              + "; augment the dataset that it was made from");
    }
  }

  /** All settings that determine the content of the augmented dataset, by name. */
  static Map<String, String> settingsOf(Dataset source, AugmentSettings settings) {
    Map<String, String> map = new HashMap<>();
    map.put(COPIES, Integer.toString(settings.copies()));
    map.put(OPERATIONS, settings.operations());
    map.put(SEED, Long.toString(settings.seed()));
    map.put(SOURCE_HASH, source.hash());
    return map;
  }

  /** The hash of everything that the augmented dataset is made from. */
  static String plan(Dataset source, AugmentSettings settings) {
    return Sha256.of(Json.document(settingsOf(source, settings)));
  }

  /** Skips what is already done, because an engine may repeat this step. */
  private static void commit(
      ObjectStore store, AugmentSettings settings, List<AugmentedShard> shards) {
    Dataset source = Dataset.open(store, settings.data());
    if (!Dataset.isAt(store, settings.output())) {
      ShardAugmenter.outputOf(store, source, settings).ledger().requireAgreement();
      write(store, settings, source, shards);
    }
    ShardAugmenter.outputOf(store, source, settings).finish();
  }

  private static void write(
      ObjectStore store, AugmentSettings settings, Dataset source, List<AugmentedShard> shards) {
    DatasetManifest from = source.manifest();
    MeanImage mean = AugmentedMean.of(source.meanImage(), settings.augmentation());
    DatasetManifest manifest =
        new DatasetManifest(
            DatasetManifest.SCHEMA_VERSION,
            from.split(),
            from.records() * settings.copies(),
            0,
            settings.augmentation().outputSize(from.imageSize()),
            mean.size(),
            from.recordSchema(),
            from.labelOrder(),
            from.labelBase(),
            from.classes(),
            shards.stream().map(AugmentedShard::shard).toList(),
            Collections.emptySortedMap(),
            settings.augmentation().texts(),
            settingsOf(source, settings),
            "augmented from " + from.source());
    Dataset.commit(store, settings.output(), manifest, mean, source.statistics(), List.of());
  }

  static final class AugmentShardFn extends DoFn<Integer, AugmentedShard> {
    private static final long serialVersionUID = 1L;

    private final AugmentSettings settings;
    private final WorkerFence fence;
    private final Counter images = WorkCounters.images();
    private final Counter skippedShards = Metrics.counter(AugmentPipeline.class, SKIPPED_SHARDS);
    private transient ObjectStore store;
    private transient Dataset source;
    private transient Augmenter augmenter;

    AugmentShardFn(AugmentSettings settings, WorkerFence fence) {
      this.settings = settings;
      this.fence = fence;
    }

    @Setup
    public void setup() {
      store = fence.guard(ObjectStores.standard());
      source = Dataset.open(store, settings.data());
      TensorFlowLibrary.load();
      augmenter =
          new Augmenter(
              settings.augmentation(),
              source.manifest().imageSize(),
              source.statistics().colours());
    }

    @ProcessElement
    public void process(@Element Integer index, OutputReceiver<AugmentedShard> out) {
      String plan = plan(source, settings);
      AugmentedShard shard =
          new ShardAugmenter(store, source, settings, augmenter, images::inc).augment(plan, index);
      skippedShards.inc(shard.skipped() ? 1 : 0);
      out.output(shard);
    }

    @Teardown
    public void teardown() {
      if (augmenter != null) {
        augmenter.close();
      }
    }
  }
}
