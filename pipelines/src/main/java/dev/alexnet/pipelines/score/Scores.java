package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.WrittenFiles;
import dev.alexnet.pipelines.score.statistics.FoundWeights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code scores.json}: the errors of a model on a dataset.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param counts how many images were scored, and how many were not
 * @param rates the shares of scored images that are wrong
 * @param mode how the models were run
 * @param inputs what was scored
 * @param foundWeights the best weights of the models; null if they were not asked for
 * @param predictions the row files, with their checksums, in the order of the images
 * @param probabilities the files of probabilities, one for each shard of the dataset; none if they
 *     were not kept
 * @param replacedOperations why some of the models' operations were replaced by other forms; empty
 *     on processors that compute all of them correctly
 * @param warnings sentences about what makes the errors doubtful; empty if nothing does
 */
@JsonDeserialize(using = ScoresDeserializer.class)
@JsonPropertyOrder({
  "schema_version",
  "counts",
  "rates",
  "mode",
  "inputs",
  "found_weights",
  "predictions",
  "probabilities",
  "replaced_operations",
  "warnings"
})
public record Scores(
    @JsonProperty("schema_version") int schemaVersion,
    @JsonUnwrapped ImageCounts counts,
    @JsonUnwrapped ErrorRates rates,
    @JsonUnwrapped InferenceMode mode,
    @JsonUnwrapped ScoredInputs inputs,
    @JsonProperty("found_weights") FoundWeights foundWeights,
    @JsonProperty("predictions") List<Shard> predictions,
    @JsonProperty("probabilities") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Shard> probabilities,
    @JsonProperty("replaced_operations") List<String> replacedOperations,
    @JsonProperty("warnings") List<String> warnings) {
  public static final int SCHEMA_VERSION = 3;

  private static final StoredFormat FORMAT =
      new StoredFormat(
          "file of scores", "schema_version", SCHEMA_VERSION, "score again, into another --output");

  /** The file's name within the scores' directory. */
  public static final String FILE = "scores.json";

  /** The file of the rows, one {@link Prediction} per line, if all are in one file. */
  public static final String PREDICTIONS = "predictions.jsonl";

  /** The predictions in ILSVRC's format: one line of up to five ids per picture. */
  public static final String SUBMISSION = "submission.txt";

  public Scores {
    new Problems("scores")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schema_version is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(
            (counts.scored() == 0) == (rates.top1Error() == null)
                && (counts.scored() == 0) == (rates.top5Error() == null),
            "top1_error %s and top5_error %s are of %s scored images",
            rates.top1Error(),
            rates.top5Error(),
            counts.scored())
        .throwIfAny();
    predictions = List.copyOf(predictions);
    probabilities = List.copyOf(probabilities);
    replacedOperations = List.copyOf(replacedOperations);
    warnings = List.copyOf(warnings);
  }

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if another version of this program
   *     wrote it, BAD_DATA if it is not such a file
   */
  public static Scores read(ObjectStore store, Location file) {
    return FORMAT.read(store.readAll(file), Scores.class, file);
  }

  /** A copy with one more warning. */
  Scores with(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Scores(
        schemaVersion,
        counts,
        rates,
        mode,
        inputs,
        foundWeights,
        predictions,
        probabilities,
        replacedOperations,
        more);
  }

  /** The files of rows and of probabilities that are missing or damaged. */
  public List<String> damagedFiles(ObjectStore store, Location directory) {
    return WrittenFiles.damaged(
        store, directory, Stream.concat(predictions.stream(), probabilities.stream()).toList());
  }

  /**
   * Requires the counts and errors to be those of the rows, because this file has no checksum.
   *
   * @param tally of all rows
   * @throws Failure of kind BAD_DATA with the first number that differs
   */
  void requireTotals(Tally tally, Location file) {
    ImageCounts found = ImageCounts.of(tally, counts.rejected(), counts.classes());
    if (!found.equals(counts)) {
      throw changed(file, counts, found);
    }
    SubsetErrors subset =
        rates.subset() == null ? null : SubsetErrors.of(tally, rates.subset().classes());
    ErrorRates errors = ErrorRates.of(tally, subset);
    if (!errors.equals(rates)) {
      throw changed(file, rates, errors);
    }
  }

  /** The numbers of guesses of the errors, which are at least 1 to 5 unless they were changed. */
  List<Integer> requiredGuesses(Location file) {
    List<Integer> all = IntStream.rangeClosed(1, Tally.GUESSES).boxed().toList();
    if (!guesses().containsAll(all)) {
      throw changed(file, rates, Map.of("guesses", all));
    }
    return guesses();
  }

  /** The message gives the first key whose values differ. */
  private static Failure changed(Location file, Object stored, Object found) {
    JsonNode before = Json.read(bytes(stored), JsonNode.class, file);
    JsonNode now = Json.read(bytes(found), JsonNode.class, file);
    String key =
        before.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !before.get(name).equals(now.path(name)))
            .findFirst()
            .orElse("errors");
    return new Failure(
        Failure.Kind.BAD_DATA,
        "%s was changed after it was written: %s is %s, and its predictions give %s. Delete it and run the same 'alexnet score' again"
            .formatted(file, key, before.path(key), now.path(key)));
  }

  private static byte[] bytes(Object value) {
    return Json.line(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The numbers of guesses of the errors. */
  List<Integer> guesses() {
    return rates.errors().stream().map(ErrorWithin::guesses).toList();
  }
}
