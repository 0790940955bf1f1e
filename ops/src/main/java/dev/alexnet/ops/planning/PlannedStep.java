package dev.alexnet.ops.planning;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.ops.comparison.Comparison;
import dev.alexnet.ops.report.Report;
import dev.alexnet.ops.similarity.Neighbours;
import dev.alexnet.pipelines.score.Scores;
import jakarta.inject.Provider;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A step that a job may have, and how it is wired.
 *
 * @param section of the job file that asks for the step: the name of the command
 * @param part the key in that section that holds entries for this step alone; empty if there is
 *     none
 * @param needs what it reads, by the option that gives the place; if no earlier step makes it, the
 *     job file must give the option
 * @param offered what it reads only if the job file names the variants that make it, by option
 * @param target the option for the place where it writes
 * @param directory that place, in the work directory
 * @param makes what it writes, and the places in the work directory
 * @param fixed further options that the job decides, by name
 */
public record PlannedStep(
    String section,
    String part,
    Provider<? extends PlannedCommand> command,
    Map<String, Product> needs,
    Map<String, Product> offered,
    String target,
    String directory,
    Map<Product, String> makes,
    Map<String, String> fixed) {

  /** The part that makes the test set. */
  public static final String TEST = "test";

  public PlannedStep {
    // In the order of the products, whatever the order of the map.
    makes = new EnumMap<>(makes);
    offered = Map.copyOf(offered);
  }

  /** A step that has its own section and makes one product, its whole directory. */
  public static PlannedStep of(
      String section,
      Provider<? extends PlannedCommand> command,
      Map<String, Product> needs,
      String target,
      String directory,
      Product makes) {
    return new PlannedStep(
        section,
        "",
        command,
        needs,
        Map.of(),
        target,
        directory,
        Map.of(makes, directory),
        Map.of());
  }

  /** The same step, which can also read what other steps make if the job file names them. */
  public PlannedStep offering(String option, Product product) {
    return new PlannedStep(
        section, part, command, needs, Map.of(option, product), target, directory, makes, fixed);
  }

  /** What it reads, by the option that gives the place, in one order. */
  SortedMap<String, Product> reads() {
    SortedMap<String, Product> reads = new TreeMap<>(needs);
    reads.putAll(offered);
    return reads;
  }

  /**
   * Whether a section asks for this part only if it names it: a set that is made beside the usual
   * ones, and that steps read only if they name it.
   */
  boolean isRare() {
    return part.equals(TEST);
  }

  /** The name by which steps can ask for what a variant of this step makes. */
  String labelled(String variant) {
    if (!isRare()) {
      return variant;
    }
    return variant.isEmpty() ? part : variant + "-" + part;
  }

  /** What steps make for later steps. */
  public enum Product {
    /** Identified by their names and lengths. */
    ARCHIVES(""),
    /** The training set as it was converted, even if an augmented one is trained on. */
    CONVERTED_DATA(Dataset.MANIFEST),
    TRAINING_DATA(Dataset.MANIFEST),
    VALIDATION_DATA(Dataset.MANIFEST),
    MODEL(ModelDescription.FILE),
    /** The work directory of a training, with its log and its model. */
    TRAINING(Trainer.METRICS),
    SCORES(Scores.FILE),
    NEIGHBOURS(Neighbours.FILE),
    REPORT(Report.FILE),
    COMPARISON(Comparison.FILE);

    private final String file;

    Product(String file) {
      this.file = file;
    }

    /** The file or directory that identifies the content of a product at a place. */
    Location identity(Location place) {
      return file.isEmpty() ? place : place.resolve(file);
    }
  }
}
