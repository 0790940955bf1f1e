package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DamagedTransferException;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.output.DatasetOutput;
import dev.alexnet.pipelines.output.WrittenFiles;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourceSettings;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Converts pictures into a dataset. The same pictures and settings give the same bytes on every
 * engine, with any number of workers and after any number of interruptions.
 */
public final class ConvertPipeline {
  private final ObjectStore store;

  @Inject
  public ConvertPipeline(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Converts on the options' runner, and waits for it to finish. A complete dataset made with the
   * same settings is left as it is; an unfinished one is resumed.
   *
   * @param progress is told of finished pictures, in the unit {@code images}
   * @return the result; {@link ConvertResult#excess} is set if more pictures were rejected than the
   *     settings allow
   * @throws Failure of kind INPUT_MISSING or BAD_DATA if the source is missing or malformed;
   *     OUTPUT_EXISTS if the output holds something else or another run is working in it
   */
  public ConvertResult run(ConvertSettings settings, PipelineOptions options, Progress progress) {
    PictureSource source = sourceOf(settings);
    ConvertPlan plan = ConvertPlan.of(store, settings, source);
    DatasetOutput place = ConvertedShards.outputOf(store, plan);
    place.refuseForeignFiles();
    refuseOtherDataset(plan, source);
    if (place.isFinished(progress)) {
      return alreadyComplete(settings, source);
    }
    return DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          DatasetOutput.Start start = begin(held, plan, progress);
          return start.complete()
              ? alreadyComplete(settings, source)
              : runPipeline(plan, WorkerFence.of(held), source, options, progress, start.notices());
        });
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

  /**
   * Identifies the pictures that a conversion would read, independent of where they are. Lists
   * them, and reads none.
   *
   * @throws Failure as {@link #run} does, if the source is missing or malformed
   */
  public String fingerprint(ConvertSettings settings) {
    return sourceOf(settings).fingerprint(store);
  }

  /** Refuses to reuse a dataset that differs in one thing only, and says in words how. */
  private void refuseOtherDataset(ConvertPlan plan, PictureSource source) {
    Location output = plan.settings().output();
    if (!Dataset.isAt(store, output)) {
      return;
    }
    Dataset there;
    try {
      there = Dataset.withoutShards(store, output);
    } catch (Failure e) {
      // A damaged dataset is refused later, with a better message.
      return;
    }
    refuseOtherOrder(plan, there);
    refuseOtherPictures(plan, source, there);
  }

  private static void refuseOtherOrder(ConvertPlan plan, Dataset dataset) {
    Labels there = dataset.manifest().labels();
    if (there.order() != plan.labels().order()
        && there.size() == plan.labels().size()
        && there.classes().containsAll(plan.labels().classes())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s holds a dataset of %s. The first is the existing dataset, the second is what was asked for. Choose another --output, or keep that order with --class-order %s"
              .formatted(
                  dataset.location(),
                  there.differenceFrom(plan.labels()),
                  there.order() == LabelOrder.WNID ? "text" : "auto"));
    }
  }

  private void refuseOtherPictures(ConvertPlan plan, PictureSource source, Dataset dataset) {
    if (!plan.differsOnlyInPictures(dataset.manifest().settings())) {
      return;
    }
    ConvertSettings settings = plan.settings();
    String change;
    try {
      change =
          settings.limit() == 0 && settings.perClass() == 0
              ? PictureChange.between(store, dataset, source).inWords()
              // The dataset has only a selection, so the others are not new.
              : "names or lengths differ";
    } catch (Failure e) {
      // A damaged dataset is refused later, with a better message.
      return;
    }
    throw new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "%s was made from other pictures than %s has now: %s. Choose another directory for the new pictures, or delete this one and what was made from it"
            .formatted(dataset.location(), settings.input(), change));
  }

  /**
   * The pixel sums of single shards were deleted with the ledger, so all shards are written again.
   */
  private static DatasetOutput.Start begin(ObjectStore held, ConvertPlan plan, Progress progress) {
    return ConvertedShards.outputOf(held, plan).begin(progress, (dataset, damaged) -> {});
  }

  private ConvertResult alreadyComplete(ConvertSettings settings, PictureSource source) {
    Dataset dataset = Dataset.open(store, settings.output());
    int shards = dataset.manifest().shards().size();
    return result(settings, source, dataset, shards, true, List.of());
  }

  private ConvertResult runPipeline(
      ConvertPlan plan,
      WorkerFence fence,
      PictureSource source,
      PipelineOptions options,
      Progress progress,
      List<String> notices) {
    Supplier<Counters> reading =
        () -> {
          Pipeline pipeline = Pipeline.create(PipelineRun.prepared(options));
          new ConvertGraph(plan, fence).build(pipeline, source.parts());
          return await(pipeline, source, progress);
        };
    Counters counters;
    try {
      counters = reading.get();
    } catch (Failure e) {
      if (!DamagedTransferException.isCauseOf(e)) {
        throw e;
      }
      // Found before any shard is written. What was indexed of the archive may be wrong.
      progress.note("An archive was damaged on its way here; reading the archives once more");
      counters = reading.get();
    }
    int skipped = (int) counters.of(ConvertGraph.class, ConvertGraph.SKIPPED_SHARDS);
    Dataset dataset = Dataset.open(store, plan.settings().output());
    List<String> found = new ArrayList<>(notices);
    long turned = counters.of(ConvertGraph.class, ConvertGraph.TURNED);
    plan.settings().orientation().notice(turned).ifPresent(found::add);
    return result(plan.settings(), source, dataset, skipped, false, found);
  }

  /**
   * The entry point for templates: takes the settings as {@code --name=value} and the runner's
   * options, and lets the runner decide whether to wait. The pipeline itself fails if too many
   * pictures are rejected.
   */
  public static void main(String[] args) {
    List<String> ofRunner = new ArrayList<>();
    ConvertSettings settings = ConvertSettings.DEFINITION.parse(List.of(args), ofRunner);
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(ofRunner.toArray(String[]::new)).withValidation().create();
    new ConvertPipeline(ObjectStores.standard()).launch(settings, options);
  }

  private void launch(ConvertSettings settings, PipelineOptions options) {
    PictureSource source = sourceOf(settings);
    ConvertPlan plan = ConvertPlan.of(store, settings, source);
    ConvertedShards.outputOf(store, plan).refuseForeignFiles();
    refuseOtherDataset(plan, source);
    DirectoryLock.holding(
        store,
        settings.output(),
        System.err::println,
        held -> {
          Pipeline pipeline = Pipeline.create(options);
          PCollection<String> complete =
              begin(held, plan, Progress.SILENT).complete()
                  ? pipeline.apply(Create.of("complete"))
                  // The engine may go on after this process has ended and its lease with it.
                  : new ConvertGraph(plan, WorkerFence.NONE).build(pipeline, source.parts());
          complete.apply("Check", ParDo.of(new RejectionBudget.CheckFn(settings)));
          return pipeline.run();
        });
  }

  private PictureSource sourceOf(ConvertSettings settings) {
    PictureSource source =
        PictureSource.find(
            store,
            new SourceSettings(
                settings.input(),
                settings.split(),
                settings.layout(),
                settings.devkit(),
                settings.classes(),
                settings.classOrder()));
    if (source.isAmongFolders(settings.output())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--output "
              + settings.output()
              + " is among the class folders of --input "
              + settings.input()
              + "; choose a directory outside them");
    }
    if (settings.perClass() > 0 && !source.labelled()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--per-class needs the class of each picture, but nothing gives the classes of "
              + source.description()
              + "; use --limit");
    }
    return source;
  }

  /**
   * If too many pictures are rejected, the earlier notices about the source usually explain why.
   */
  private static Counters await(Pipeline pipeline, PictureSource source, Progress progress) {
    try {
      return PipelineRun.await(pipeline, counts -> report(counts, progress));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA || source.notices().isEmpty()) {
        throw e;
      }
      throw new Failure(e.kind(), e.getMessage() + "\n" + String.join("\n", source.notices()), e);
    }
  }

  private static void report(Counters counters, Progress progress) {
    long done = counters.of(ConvertGraph.class, ConvertGraph.DONE);
    long assigned = counters.of(ConvertGraph.class, ConvertGraph.ASSIGNED);
    long rejected = counters.of(ConvertGraph.class, ConvertGraph.REJECTED);
    // The number of pictures is not known while they are still being found.
    long total = done == 0 ? 0 : assigned;
    progress.report(done, total, "images", rejected == 0 ? "" : rejected + " rejected");
  }

  private static ConvertResult result(
      ConvertSettings settings,
      PictureSource source,
      Dataset dataset,
      int skippedShards,
      boolean already,
      List<String> found) {
    DatasetManifest manifest = dataset.manifest();
    List<String> empty =
        dataset.statistics().imagesOfClass().entrySet().stream()
            .filter(images -> images.getValue() == 0)
            .map(Map.Entry::getKey)
            .toList();
    List<String> notices = new ArrayList<>(found);
    notices.addAll(source.notices());
    if (!source.labelled()) {
      notices.add("The classes of these pictures are unknown, so they have no labels");
    } else if (!empty.isEmpty()) {
      notices.add(
          "Classes without an image, %d of %d: %s"
              .formatted(empty.size(), manifest.classes().size(), NameList.of(empty)));
    }
    if (source.labelled()) {
      dataset.oneClassNotice().ifPresent(notices::add);
    }
    return new ConvertResult(
        manifest.records(),
        manifest.rejected(),
        manifest.shards().size(),
        skippedShards,
        already,
        manifest.classes().size(),
        manifest.classes().size() - empty.size(),
        manifest.source(),
        notices,
        RejectionBudget.excess(manifest, settings).map(Failure::getMessage).orElse(null));
  }
}
