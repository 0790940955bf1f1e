package dev.alexnet.pipelines.features;

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
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceDevices;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.engine.ShardPipeline;
import dev.alexnet.pipelines.engine.ShardWork;
import dev.alexnet.pipelines.engine.WorkCounters;
import dev.alexnet.pipelines.inference.ImageFit;
import dev.alexnet.pipelines.inference.SharedEnsemble;
import dev.alexnet.pipelines.output.ResultOutput;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Computes the features of a dataset's images: the input of the model's last layer. One element is
 * one shard, which gets its own files, so no matrix has to fit into memory; the last step writes
 * {@code features.json}.
 */
public final class FeaturesPipeline {
  private final ObjectStore store;

  @Inject
  public FeaturesPipeline(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Writes features on the options' runner, and waits for it to finish.
   *
   * @param progress is told of finished images
   * @param notices receives sentences about damage that is repaired
   * @throws Failure of kind INPUT_MISSING if the dataset or the model does not exist, MISMATCH if
   *     they do not fit, OUTPUT_EXISTS if the output is a dataset or a model, holds features of
   *     something else, or another run is working in it, BAD_DATA if more records cannot be decoded
   *     than the settings allow
   */
  public FeaturesManifest run(
      FeaturesSettings settings,
      PipelineOptions options,
      Progress progress,
      Consumer<String> notices) {
    return run(settings, new PipelineRun(options), progress, notices);
  }

  /** The same, in a run that can be interrupted and that counts. */
  public FeaturesManifest run(
      FeaturesSettings given, PipelineRun run, Progress progress, Consumer<String> notices) {
    FeaturesSettings settings = run.forWorkers(FeaturesSettings.DEFINITION, given);
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    Dataset dataset = Dataset.open(store, settings.data());
    ModelDescription model = modelFor(dataset, settings);
    // Finished features need no right to write.
    ResultOutput place = Features.outputOf(store, settings.output());
    if (place.isComplete() && !place.ledger().exists()) {
      Features there = Features.open(store, settings.output());
      requireSame(there.manifest(), dataset, model, settings);
      if (there.damagedFiles().isEmpty()) {
        return checked(there.manifest(), settings);
      }
    }
    return DirectoryLock.holding(
        store,
        settings.output(),
        notices,
        held ->
            new FeaturesPipeline(held)
                .run(dataset, model, settings, given, run, progress, notices));
  }

  /**
   * Hands the work to an engine and does not wait: for one that writes a description of the job and
   * runs it later. The job itself fails if too many records cannot be decoded.
   *
   * @throws Failure as {@link #run} does before it starts
   */
  public void launch(FeaturesSettings given, PipelineRun run, Progress progress) {
    FeaturesSettings settings = run.forWorkers(FeaturesSettings.DEFINITION, given);
    ResultOutput.refuseDatasetOrModel(store, settings.output());
    Dataset dataset = Dataset.open(store, settings.data());
    String plan = plan(dataset, modelFor(dataset, settings), settings);
    DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          if (Features.outputOf(held, settings.output()).isComplete()) {
            throw run.nothingToDo(settings.output());
          }
          Features.outputOf(held, settings.output()).ledger().begin();
          pipeline(
                  dataset,
                  plan,
                  settings,
                  run,
                  run.fence(held),
                  (workers, results) -> {
                    new FeaturesCommit(workers, settings, given).commit(results);
                    checked(Features.open(workers, settings.output()).manifest(), settings);
                  })
              .launch();
          return null;
        });
  }

  private ModelDescription modelFor(Dataset dataset, FeaturesSettings settings) {
    ModelDescription model = Predictor.describe(store, settings.model());
    ImageFit.require(dataset, settings.model(), model, settings.views());
    return model;
  }

  /**
   * Whether a finished run's output exists with every file as it was written. Reads local files to
   * check them.
   *
   * @throws Failure of kind BAD_DATA if features.json is damaged, MISMATCH if another version of
   *     this program wrote it
   */
  public boolean isIntact(Location output) {
    return Features.outputOf(store, output).isComplete()
        && Features.open(store, output).damagedFiles().isEmpty();
  }

  private FeaturesManifest run(
      Dataset dataset,
      ModelDescription model,
      FeaturesSettings settings,
      FeaturesSettings given,
      PipelineRun run,
      Progress progress,
      Consumer<String> notices) {
    ResultOutput place = Features.outputOf(store, settings.output());
    if (place.isComplete()) {
      Features there = Features.open(store, settings.output());
      requireSame(there.manifest(), dataset, model, settings);
      List<String> damaged = there.damagedFiles();
      if (place.keepUnlessDamaged(damaged)) {
        return checked(there.manifest(), settings);
      }
      notices.accept("Rewriting missing or damaged files: " + NameList.of(damaged));
    }
    place.ledger().begin();
    pipeline(
            dataset,
            plan(dataset, model, settings),
            settings,
            run,
            run.fence(store),
            (workers, results) -> new FeaturesCommit(workers, settings, given).commit(results))
        .run(dataset.manifest().records(), progress);
    return checked(Features.open(store, settings.output()).manifest(), settings);
  }

  private static ShardPipeline pipeline(
      Dataset dataset,
      String plan,
      FeaturesSettings settings,
      PipelineRun run,
      WorkerFence fence,
      ShardWork.Commit<FeatureShard> commit) {
    return new ShardPipeline(
        run,
        settings.output(),
        fence,
        new ShardWork<>(
            "Features",
            dataset.manifest().shards().size(),
            new FeaturesShardFn(settings, plan, fence),
            FeatureShard.class,
            run.inferenceHints(),
            commit));
  }

  private static void requireSame(
      FeaturesManifest there, Dataset dataset, ModelDescription model, FeaturesSettings settings) {
    if (!there.datasetHash().equals(dataset.hash())
        || !there.modelHash().equals(model.savedModelHash())
        || there.views() != settings.views()
        || !there.formats().equals(settings.suffixes())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          settings.output().resolve(FeaturesManifest.FILE)
              + " holds features of another dataset or model, or of other views or formats; choose"
              + " another --output or delete it");
    }
  }

  static String plan(Dataset dataset, ModelDescription model, FeaturesSettings settings) {
    return Sha256.of(
        Json.document(
            Map.of(
                "dataset", dataset.hash(),
                "model", model.savedModelHash(),
                "views", settings.views(),
                "formats", settings.suffixes())));
  }

  private static FeaturesManifest checked(FeaturesManifest made, FeaturesSettings settings) {
    if (made.undecodable() > settings.maxRejected()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%,d of %,d records cannot be decoded; the settings allow %,d. The features of all others were written to %s. Look for 'undecodable' in %s; convert the dataset again or raise --max-rejected"
              .formatted(
                  made.undecodable(),
                  made.images(),
                  settings.maxRejected(),
                  settings.output(),
                  settings.output().resolve(FeaturesManifest.IMAGES)));
    }
    return made;
  }

  static final class FeaturesShardFn extends DoFn<Integer, FeatureShard> {
    private static final long serialVersionUID = 1L;

    private final FeaturesSettings settings;
    private final String plan;
    private final WorkerFence fence;
    private final Counter images = WorkCounters.images();
    private final Counter rejected = WorkCounters.rejected();
    private transient ObjectStore store;
    private transient Dataset dataset;
    private transient SharedEnsemble shared;

    FeaturesShardFn(FeaturesSettings settings, String plan, WorkerFence fence) {
      this.settings = settings;
      this.plan = plan;
      this.fence = fence;
    }

    @Setup
    public void setup() {
      store = fence.guard(ObjectStores.standard());
      dataset = Dataset.open(store, settings.data());
      shared =
          SharedEnsemble.acquire(
              store,
              settings.members(),
              InferenceDevices.AUTOMATIC,
              ShardFeatures.images(settings) * settings.views());
    }

    @ProcessElement
    public void process(@Element Integer shard, OutputReceiver<FeatureShard> out) {
      FeatureShard made =
          new ShardFeatures(store, dataset, shared.ensemble(), settings, images::inc)
              .write(plan, shard);
      rejected.inc(made.undecodable());
      out.output(made);
    }

    @Teardown
    public void teardown() {
      if (shared != null) {
        shared.close();
      }
    }
  }
}
