package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.WrittenFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code scores.json}: how many of a dataset's images a model gets wrong.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param images how many images the dataset holds
 * @param scored how many of them have a label and could be decoded: the denominator of every error
 * @param unlabelled how many have no label, and so predictions only
 * @param undecodable how many could not be read or decoded
 * @param rejected how many pictures of the source never came into the dataset
 * @param tied how many of those scored have a class that is as probable as another
 * @param classes how many there are
 * @param top1Error the share of scored images whose class is not the most probable one, 0 to 1;
 *     null where none was scored
 * @param top5Error the share whose class is not among the five most probable ones, 0 to 1; null
 *     where none was scored
 * @param top1Interval the 95 % confidence interval of the first; null where none was scored
 * @param top5Interval the 95 % confidence interval of the second; null where none was scored
 * @param errors within 1 to 5 guesses, and others that were asked for, in this order
 * @param views how many crops of each image were averaged: 1, the centre, or 10, corners and centre
 *     and their mirror images
 * @param batch how many views were predicted at a time
 * @param devices the setting that says where the models run
 * @param dataset the dataset's location
 * @param datasetHash the SHA-256 of its manifest
 * @param model the model's location; of several, by commas
 * @param modelHash the SHA-256 of its SavedModel; of several, that of their hashes and weights
 * @param models each model on its own
 * @param foundWeights what each model should count; null where it was not asked for
 * @param predictions the files of the rows, with their checksums, in the order of the images
 * @param replacedOperations why operations of the models were computed in another form than the
 *     usual one; empty on sound processors
 * @param warnings what makes the errors doubtful, in sentences; empty where nothing does
 */
public record Scores(
    @JsonProperty("schema_version") int schemaVersion,
    @JsonProperty("images") long images,
    @JsonProperty("scored") long scored,
    @JsonProperty("unlabelled") long unlabelled,
    @JsonProperty("undecodable") long undecodable,
    @JsonProperty("rejected") long rejected,
    @JsonProperty("tied") long tied,
    @JsonProperty("classes") int classes,
    @JsonProperty("top1_error") Double top1Error,
    @JsonProperty("top5_error") Double top5Error,
    @JsonProperty("top1_interval") Interval top1Interval,
    @JsonProperty("top5_interval") Interval top5Interval,
    @JsonProperty("errors") List<ErrorWithin> errors,
    @JsonProperty("views") int views,
    @JsonProperty("batch") int batch,
    @JsonProperty("devices") String devices,
    @JsonProperty("dataset") String dataset,
    @JsonProperty("dataset_hash") String datasetHash,
    @JsonProperty("model") String model,
    @JsonProperty("model_hash") String modelHash,
    @JsonProperty("models") List<ScoredModel> models,
    @JsonProperty("found_weights") FoundWeights foundWeights,
    @JsonProperty("predictions") List<Shard> predictions,
    @JsonProperty("replaced_operations") List<String> replacedOperations,
    @JsonProperty("warnings") List<String> warnings) {
  public static final int SCHEMA_VERSION = 3;

  private static final StoredFormat FORMAT =
      new StoredFormat(
          "file of scores", "schema_version", SCHEMA_VERSION, "score again, into another --output");

  /** The file's name within the scores' directory. */
  public static final String FILE = "scores.json";

  /** The file of the rows, a {@link Prediction} a line, where all are in one. */
  public static final String PREDICTIONS = "predictions.jsonl";

  /** The predictions as ILSVRC takes them: a line of up to five ids a picture. */
  public static final String SUBMISSION = "submission.txt";

  public Scores {
    new Problems("scores")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schema_version is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(
            scored + unlabelled + undecodable == images,
            "scored %s, unlabelled %s and undecodable %s are not the %s images",
            scored,
            unlabelled,
            undecodable,
            images)
        .require(
            (scored == 0) == (top1Error == null) && (scored == 0) == (top5Error == null),
            "top1_error %s and top5_error %s are of %s scored images",
            top1Error,
            top5Error,
            scored)
        .throwIfAny();
    errors = List.copyOf(errors);
    models = List.copyOf(models);
    predictions = List.copyOf(predictions);
    replacedOperations = List.copyOf(replacedOperations);
    warnings = List.copyOf(warnings);
  }

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH where another version of this
   *     program wrote it, BAD_DATA where it is no such file
   */
  public static Scores read(ObjectStore store, Location file) {
    return FORMAT.read(store.readAll(file), Scores.class, file);
  }

  /** The same with one warning more. */
  Scores with(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Scores(
        schemaVersion,
        images,
        scored,
        unlabelled,
        undecodable,
        rejected,
        tied,
        classes,
        top1Error,
        top5Error,
        top1Interval,
        top5Interval,
        errors,
        views,
        batch,
        devices,
        dataset,
        datasetHash,
        model,
        modelHash,
        models,
        foundWeights,
        predictions,
        replacedOperations,
        more);
  }

  /** The files of rows that are not as they were written: lost, or damaged. */
  List<String> damagedFiles(ObjectStore store, Location directory) {
    return WrittenFiles.damaged(store, directory, predictions);
  }

  /** Within how many guesses the errors are. */
  List<Integer> guesses() {
    return errors.stream().map(ErrorWithin::guesses).toList();
  }
}
