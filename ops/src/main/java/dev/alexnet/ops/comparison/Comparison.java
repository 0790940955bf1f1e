package dev.alexnet.ops.comparison;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.ops.paper.PaperComparison;
import dev.alexnet.ops.paper.ScoredDataset;
import dev.alexnet.ops.paper.StepsToError;
import dev.alexnet.ops.paper.TrainingFacts;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.score.ScoredModel;
import dev.alexnet.pipelines.score.Scores;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares scores of the same images, all with the first. */
public final class Comparison {
  /** The page's name within the output. */
  public static final String FILE = "comparison.html";

  private final ObjectStore store;

  @Inject
  public Comparison(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * @throws Failure of kind INPUT_MISSING if scores do not exist, BAD_DATA if they are damaged,
   *     MISMATCH if they are not of the same images or the dataset is another one, OUTPUT_EXISTS if
   *     the output is a dataset or a model
   */
  public ComparisonResult run(ComparisonSettings settings) {
    if (settings.output() != null) {
      ResultOutput.refuseDatasetOrModel(store, settings.output());
    }
    List<ScoredRun> runs = read(settings.scores());
    // Without a dataset, classes have no names and images are not shown.
    Optional<Dataset> dataset =
        ScoredDataset.find(store, runs.get(0).place(), runs.get(0).scores(), settings.data());
    List<String> names = RunNames.of(settings.scores());
    List<ComparedRun> rows = new ArrayList<>();
    List<ComparedPair> pairs = new ArrayList<>();
    PairComparison comparison = new PairComparison(dataset);
    for (int i = 0; i < runs.size(); i++) {
      rows.add(row(names.get(i), runs.get(i), dataset));
      if (i > 0) {
        pairs.add(comparison.of(names.get(0), runs.get(0), names.get(i), runs.get(i)));
      }
    }
    LearningSpeed learning =
        settings.trainingError() == null ? null : learning(names, runs, settings.trainingError());
    Scores first = runs.get(0).scores();
    Location page = settings.output() == null ? null : settings.output().resolve(FILE);
    ComparisonResult result =
        new ComparisonResult(
            first.counts().images(), first.counts().scored(), rows, pairs, learning, page);
    if (page != null) {
      store.write(page, new ComparisonPageWriter(result, runs, dataset).html());
      store.deleteAbandoned(settings.output());
    }
    return result;
  }

  private List<ScoredRun> read(List<Location> places) {
    List<ScoredRun> runs = new ArrayList<>();
    for (Location place : places) {
      ScoredRun run = ScoredRun.read(store, place);
      if (run.scores().counts().scored() == 0) {
        throw new Failure(
            Failure.Kind.MISMATCH,
            "No image of %s counts in its errors, so there is nothing to compare".formatted(place));
      }
      runs.add(run);
      runs.get(0).requireSameImages(run);
    }
    return runs;
  }

  private LearningSpeed learning(List<String> names, List<ScoredRun> runs, double most) {
    List<StepsToError> trainings = new ArrayList<>();
    List<String> notFound = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      List<ScoredModel> models = runs.get(i).scores().inputs().models();
      TrainingFacts facts = new TrainingFacts(store, runs.get(i).place());
      for (ScoredModel model : models) {
        String name = models.size() == 1 ? names.get(i) : names.get(i) + ": " + model.directory();
        facts.stepsTo(name, model, most).ifPresentOrElse(trainings::add, () -> notFound.add(name));
      }
    }
    return new LearningSpeed(most, trainings, notFound);
  }

  private ComparedRun row(String name, ScoredRun run, Optional<Dataset> dataset) {
    Scores scores = run.scores();
    boolean five = scores.counts().hasTop5Error();
    PaperComparison paper =
        PaperComparison.of(
            scores,
            dataset.map(Dataset::manifest).orElse(null),
            new TrainingFacts(store, run.place())::settings);
    return new ComparedRun(
        name,
        run.place().value(),
        scores.inputs().models().stream().map(ScoredModel::preset).toList(),
        scores.mode().views(),
        scores.rates().top1Error(),
        scores.rates().top1Interval(),
        five ? scores.rates().top5Error() : null,
        five ? scores.rates().top5Interval() : null,
        paper.figure(),
        paper.text());
  }
}
