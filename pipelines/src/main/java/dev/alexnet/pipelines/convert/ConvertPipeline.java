package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DamagedTransferException;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.pipelines.convert.input.DuplicatePictures;
import dev.alexnet.pipelines.convert.input.SharedPictures;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.engine.RunMetrics;
import dev.alexnet.pipelines.engine.WorkCounters;
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
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Converts pictures into a dataset. The same pictures and settings give the same bytes on every
 * engine, with any number of workers and after any number of interruptions.
 */
public final class ConvertPipeline {
  private static final String WORK = "convert";

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
    return run(settings, new PipelineRun(options), progress);
  }

  /** The same, in a run that can be interrupted and that counts. */
  public ConvertResult run(ConvertSettings given, PipelineRun run, Progress progress) {
    ConvertSettings settings = run.forWorkers(ConvertSettings.DEFINITION, given);
    PictureSource source = sourceOf(settings, progress);
    ConvertInputs inputs = ConvertInputs.of(store, settings, source);
    ConvertPlan plan = inputs.plan();
    if (placeOf(inputs, progress).isFinished(progress)) {
      inputs.remember();
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
              : runPipeline(plan, run.fence(held), source, run, progress, start.notices());
        });
  }

  private DatasetOutput placeOf(ConvertInputs inputs, Progress progress) {
    DatasetOutput place = ConvertedShards.outputOf(store, inputs.plan());
    place.refuseForeignFiles();
    inputs.refuseIfOther(progress);
    return place;
  }

  /**
   * What {@link #run} would read. Lists the pictures here, without the options' runner, and writes
   * nothing, so compressed archives must have been unpacked before.
   *
   * @param progress is told of listed pictures, in the unit {@code images}
   * @throws Failure as {@link #run} does, if the source is missing or malformed; USAGE if archives
   *     have to be unpacked first
   */
  public ConvertPreview preview(ConvertSettings settings, Progress progress) {
    PictureSource source = sourceOf(settings, progress);
    PreviewListener listener = new PreviewListener(source.labels(), progress);
    source.parts().forEach(part -> part.index(store, listener));
    return listener.preview(
        PictureSource.layoutOf(store, sourceSettings(settings)), source, settings);
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
   * The pictures that a conversion would read. Lists them, and reads none yet.
   *
   * @throws Failure as {@link #run} does, if the source is missing or malformed
   */
  public ConvertInputs inputs(ConvertSettings settings) {
    return ConvertInputs.of(store, settings, sourceOf(settings, Progress.SILENT));
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
    // In a bucket the records of a million pictures would be fetched once more for each rerun.
    List<String> repeated =
        settings.output().isCloud() ? List.of() : repeatedPictures(settings, source);
    return result(settings, source, dataset, shards, true, repeated);
  }

  /** Warnings about pictures in more than one class or dataset, from what is recorded. */
  private List<String> repeatedPictures(ConvertSettings settings, PictureSource source) {
    List<String> warnings = new ArrayList<>();
    DuplicatePictures.warning(store, settings.output(), source).ifPresent(warnings::add);
    warnings.addAll(SharedPictures.beside(store, settings.output()));
    return warnings;
  }

  private ConvertResult runPipeline(
      ConvertPlan plan,
      WorkerFence fence,
      PictureSource source,
      PipelineRun run,
      Progress progress,
      List<String> notices) {
    Supplier<Counters> reading =
        () -> {
          Pipeline pipeline = run.pipeline(WORK, plan.settings().output());
          new ConvertGraph(plan, fence).build(pipeline, source.parts());
          return await(run, pipeline, source, progress);
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
    found.addAll(repeatedPictures(plan.settings(), source));
    return result(plan.settings(), source, dataset, skipped, false, found);
  }

  /**
   * Hands the work to an engine and does not wait: for one that writes a description of the job and
   * runs it later. The job itself fails if too many pictures are rejected.
   *
   * @throws Failure as {@link #run} does before it starts
   */
  public void launch(ConvertSettings given, PipelineRun run, Progress progress) {
    ConvertSettings settings = run.forWorkers(ConvertSettings.DEFINITION, given);
    PictureSource source = sourceOf(settings, progress);
    ConvertInputs inputs = ConvertInputs.of(store, settings, source);
    ConvertPlan plan = inputs.plan();
    placeOf(inputs, progress);
    DirectoryLock.holding(
        store,
        settings.output(),
        progress::note,
        held -> {
          Pipeline pipeline = run.pipeline(WORK, settings.output());
          PCollection<String> complete =
              begin(held, plan, progress).complete()
                  ? pipeline.apply(Create.of("complete"))
                  : new ConvertGraph(plan, run.fence(held)).build(pipeline, source.parts());
          complete.apply("Check", ParDo.of(new RejectionBudget.CheckFn(settings)));
          run.launch(pipeline);
          return null;
        });
  }

  private static SourceSettings sourceSettings(ConvertSettings settings) {
    return new SourceSettings(
        settings.input(),
        settings.split(),
        settings.layout(),
        settings.devkit(),
        settings.classes(),
        settings.classOrder(),
        settings.unpackTo(),
        settings.dryRun());
  }

  private PictureSource sourceOf(ConvertSettings settings, Progress progress) {
    PictureSource source = PictureSource.find(store, sourceSettings(settings), progress);
    if (settings.output() != null && source.isAmongFolders(settings.output())) {
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
  private static Counters await(
      PipelineRun run, Pipeline pipeline, PictureSource source, Progress progress) {
    try {
      return run.await(pipeline, counts -> report(counts, run.metrics(), progress));
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA || source.notices().isEmpty()) {
        throw e;
      }
      throw new Failure(e.kind(), e.getMessage() + "\n" + String.join("\n", source.notices()), e);
    }
  }

  private static void report(Counters counters, RunMetrics metrics, Progress progress) {
    long assigned = counters.of(ConvertGraph.class, ConvertGraph.ASSIGNED);
    // The number of pictures is not known while they are still being found.
    long total = metrics.images() == 0 ? 0 : assigned;
    progress.report(metrics.images(), total, WorkCounters.IMAGES, metrics.details());
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
