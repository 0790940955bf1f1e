package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.pipelines.engine.Counters;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.source.NameList;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Pictures to dataset. The same pictures and settings give the same bytes on every engine, however
 * many workers it has and however often it was interrupted.
 */
public final class ConvertPipeline {
  private ConvertPipeline() {}

  /**
   * Converts, on the runner of the options, and waits for the end. A dataset that is there already,
   * made with the same settings, is left as it is; one that an earlier run began is continued.
   *
   * @param progress hears of pictures, unit {@code images}
   * @throws Failure of kind INPUT_MISSING or BAD_DATA where the source is not what was asked for,
   *     or has more rejected pictures than the settings allow; OUTPUT_EXISTS where the output holds
   *     something else, or another run works in it
   */
  public static ConvertResult run(
      ConvertSettings settings, PipelineOptions options, Progress progress) {
    ObjectStore store = ObjectStores.standard();
    PictureSource source = sourceOf(store, settings);
    ConvertPlan plan = ConvertPlan.of(store, settings, source);
    refuseStrangers(store, settings.output());
    return DirectoryLock.holdingIfLocal(
        settings.output(), () -> run(store, plan, source, options, progress));
  }

  private static ConvertResult run(
      ObjectStore store,
      ConvertPlan plan,
      PictureSource source,
      PipelineOptions options,
      Progress progress) {
    ConvertSettings settings = plan.settings();
    if (isComplete(store, plan)) {
      Dataset dataset = Dataset.open(store, settings.output());
      RejectionBudget.check(dataset.manifest(), settings);
      return result(source, dataset, dataset.manifest().shards().size(), true);
    }
    Pipeline pipeline = pipeline(plan, source, PipelineRun.prepared(options));
    Counters counters = await(pipeline, source, progress);
    int skipped = (int) counters.of(ConvertGraph.class, ConvertGraph.SKIPPED_SHARDS);
    return result(source, Dataset.open(store, settings.output()), skipped, false);
  }

  /**
   * The door for templates: takes the flags of {@link ConvertOptions} and of the runner, and leaves
   * it to the runner whether to wait.
   */
  public static void main(String[] args) {
    ConvertOptions options =
        PipelineOptionsFactory.fromArgs(args).withValidation().as(ConvertOptions.class);
    ConvertSettings settings = ConvertOptions.settings(options);
    ObjectStore store = ObjectStores.standard();
    PictureSource source = sourceOf(store, settings);
    ConvertPlan plan = ConvertPlan.of(store, settings, source);
    refuseStrangers(store, settings.output());
    DirectoryLock.holdingIfLocal(
        settings.output(),
        () -> isComplete(store, plan) ? null : pipeline(plan, source, options).run());
  }

  private static Pipeline pipeline(
      ConvertPlan plan, PictureSource source, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    new ConvertGraph(plan).build(pipeline, source.parts());
    return pipeline;
  }

  private static PictureSource sourceOf(ObjectStore store, ConvertSettings settings) {
    PictureSource source =
        PictureSource.find(
            store,
            new SourceSettings(
                settings.input(),
                settings.split(),
                settings.layout(),
                settings.devkit(),
                settings.classes()));
    if (source.isAmongFolders(settings.output())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--output "
              + settings.output()
              + " lies among the class folders of --input "
              + settings.input()
              + "; choose a directory outside");
    }
    if (settings.perClass() > 0 && !source.labelled()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--per-class counts the pictures of each class, but nothing says the classes of "
              + source.description()
              + "; use --limit");
    }
    return source;
  }

  /** Refuses a directory of somebody else's before anything is put there. */
  private static void refuseStrangers(ObjectStore store, Location output) {
    // A run that was killed at its very beginning has left an empty ledger.
    List<String> files =
        store.list(output).stream()
            .filter(name -> !name.equals(ShardLedger.DIRECTORY + "/"))
            .toList();
    if (!files.isEmpty()
        && !Dataset.isAt(store, output)
        && new ShardLedger(store, output).plan().isEmpty()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          output
              + " is not empty (it holds "
              + files.get(0)
              + "), and nothing says that this command wrote it. Choose another --output, or"
              + " delete what is there.");
    }
  }

  /** Whether nothing is to be done. Where something is, the plan is on record afterwards. */
  private static boolean isComplete(ObjectStore store, ConvertPlan plan) {
    Location output = plan.settings().output();
    ShardLedger ledger = new ShardLedger(store, output);
    if (Dataset.isAt(store, output)) {
      Dataset there = Dataset.withoutShards(store, output);
      requireSame(plan, there.manifest().settings());
      if (there.hasItsFiles()) {
        // A run that was killed between its last two steps left it.
        ledger.clear();
        return true;
      }
      // A file was lost: without its manifest this is a dataset that was begun, and is finished.
      ledger.begin(plan);
      store.delete(output.resolve(Dataset.MANIFEST));
      return false;
    }
    Map<String, String> begun = ledger.plan().orElse(null);
    if (begun != null) {
      requireSame(plan, begun);
      return false;
    }
    ledger.begin(plan);
    return false;
  }

  private static void requireSame(ConvertPlan plan, Map<String, String> existing) {
    Map<String, String> wanted = plan.identity();
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(existing.keySet());
    for (String name : names) {
      if (!Objects.equals(wanted.get(name), existing.get(name))) {
        throw new Failure(
            Failure.Kind.OUTPUT_EXISTS,
            plan.settings().output()
                + " holds a dataset, or the beginning of one, that was made with "
                + name
                + " '"
                + existing.get(name)
                + "'; now it is '"
                + wanted.get(name)
                + "'. Choose another --output, delete that one, or run with what it was made"
                + " with.");
      }
    }
  }

  /** What was known of the source before is most of the reason where too much is rejected. */
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
    // While pictures are still being found their number is not known.
    long total = done == 0 ? 0 : assigned;
    progress.report(done, total, "images", rejected == 0 ? "" : rejected + " rejected");
  }

  private static ConvertResult result(
      PictureSource source, Dataset dataset, int skippedShards, boolean already) {
    DatasetManifest manifest = dataset.manifest();
    List<String> empty =
        dataset.statistics().imagesOfClass().entrySet().stream()
            .filter(images -> images.getValue() == 0)
            .map(Map.Entry::getKey)
            .toList();
    List<String> notices = new ArrayList<>(source.notices());
    if (!source.labelled()) {
      notices.add("The classes of these pictures are not known: their labels say so");
    } else if (!empty.isEmpty()) {
      notices.add(
          "Classes without an image, %d of %d: %s"
              .formatted(empty.size(), manifest.classes().size(), NameList.of(empty)));
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
        notices);
  }
}
