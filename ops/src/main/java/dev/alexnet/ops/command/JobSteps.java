package dev.alexnet.ops.command;

import dev.alexnet.model.training.Trainer;
import dev.alexnet.ops.planning.PlannedStep;
import dev.alexnet.ops.planning.PlannedStep.Product;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands that can be steps of a job, and how a job wires them. */
final class JobSteps {
  private final List<PlannedStep> inOrder;

  /** The commands that show what was scored. */
  record Results(
      Provider<SimilarCommand> similar,
      Provider<ReportCommand> report,
      Provider<CompareCommand> compare) {
    @Inject
    Results {}
  }

  @Inject
  JobSteps(
      Provider<SynthCommand> synth,
      Provider<ConvertCommand> convert,
      Provider<AugmentCommand> augment,
      Provider<TrainCommand> train,
      Provider<ScoreCommand> score,
      Results results) {
    inOrder =
        List.of(
            PlannedStep.of("synth", synth, Map.of(), "output", "archives", Product.ARCHIVES),
            convert(convert, "train", Product.TRAINING_DATA, Product.CONVERTED_DATA),
            convert(convert, "validation", Product.VALIDATION_DATA),
            convert(convert, PlannedStep.TEST, Product.VALIDATION_DATA),
            PlannedStep.of(
                "augment",
                augment,
                Map.of("data", Product.TRAINING_DATA),
                "output",
                "augmented",
                Product.TRAINING_DATA),
            train(train),
            PlannedStep.of(
                    "score",
                    score,
                    Map.of("data", Product.VALIDATION_DATA, "model", Product.MODEL),
                    "output",
                    "scores",
                    Product.SCORES)
                .offering("probabilities", Product.SCORES),
            PlannedStep.of(
                "similar",
                results.similar(),
                Map.of(
                    "data", Product.CONVERTED_DATA,
                    "query", Product.VALIDATION_DATA,
                    "model", Product.MODEL),
                "output",
                "similar",
                Product.NEIGHBOURS),
            PlannedStep.of(
                "report",
                results.report(),
                Map.of(
                    "scores", Product.SCORES,
                    "training", Product.TRAINING,
                    "similar", Product.NEIGHBOURS,
                    "data", Product.VALIDATION_DATA),
                "output",
                "report",
                Product.REPORT),
            PlannedStep.of(
                "compare",
                results.compare(),
                Map.of("scores", Product.SCORES, "data", Product.VALIDATION_DATA),
                "output",
                "comparison",
                Product.COMPARISON));
  }

  /** In the order in which a job runs them. */
  List<PlannedStep> inOrder() {
    return inOrder;
  }

  private static PlannedStep convert(
      Provider<ConvertCommand> command, String split, Product... products) {
    String directory = "dataset/" + split;
    Map<Product, String> makes = new EnumMap<>(Product.class);
    for (Product product : products) {
      makes.put(product, directory);
    }
    return new PlannedStep(
        "convert",
        split,
        command,
        Map.of("input", Product.ARCHIVES),
        Map.of(),
        "output",
        directory,
        makes,
        // In one order, so that a step is always the same command line.
        new TreeMap<>(Map.of("dry-run", "false", "split", split)));
  }

  private static PlannedStep train(Provider<TrainCommand> command) {
    return new PlannedStep(
        "train",
        "",
        command,
        Map.of(
            "data", Product.TRAINING_DATA,
            "validation", Product.VALIDATION_DATA,
            "initial-model", Product.MODEL),
        Map.of(),
        "workdir",
        "training",
        Map.of(Product.TRAINING, "training", Product.MODEL, "training/" + Trainer.MODEL),
        Map.of());
  }
}
