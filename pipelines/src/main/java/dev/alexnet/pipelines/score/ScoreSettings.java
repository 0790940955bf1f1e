package dev.alexnet.pipelines.score;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceDevices;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What to score, and how. */
public final class ScoreSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> DATA =
      Setting.location("data").required().description("The dataset.");

  public static final Setting<List<Location>> MODEL =
      Setting.locations("model")
          .required()
          .description(
              "The directory of the model, or of a checkpoint. Give it again for further models; the mean of their probabilities is scored.");

  public static final Setting<Location> TRAINED_ON =
      Setting.location("trained-on")
          .description(
              "The dataset that a --model which is a checkpoint was trained on: a checkpoint has neither its classes nor its mean.");

  public static final Setting<List<Double>> WEIGHTS =
      Setting.numbers("weights")
          .description(
              "The weight of each --model, in order, separated by commas; all equal by default.");

  public static final Setting<Boolean> FIND_WEIGHTS =
      Setting.flag("find-weights")
          .description(
              "Also finds the weights that minimise the error on these images, to give as --weights when other images are scored; needs a labelled validation set and several models.");

  public static final Setting<Boolean> KEEP_PROBABILITIES =
      Setting.flag("keep-probabilities")
          .description(
              "Also keeps the probabilities that each --model gives every class, for later --probabilities: 4 bytes per image, class and model.");

  public static final Setting<List<Location>> PROBABILITIES =
      Setting.locations("probabilities")
          .description(
              "Scores of the same dataset with --keep-probabilities. Give it again for further ones; together they must have every --model, and no image is predicted again.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output").required().description("The directory for the scores.");

  public static final Setting<Location> DEVKIT =
      Setting.location("devkit")
          .description(
              "The devkit's archive, folder or meta.mat. If given, submission.txt is written too: five of the devkit's ids per line, in the order of the pictures.");

  public static final Setting<Location> TRUTH =
      Setting.location("truth")
          .description(
              "Right labels to score by, in place of the dataset's: ReaL's real.json, or a CSV file with an image's name and its labels, separated by spaces, in each line.");

  public static final Setting<List<Integer>> TOP =
      Setting.integers("top")
          .atLeast(1)
          .description("Further numbers of guesses to count errors within, besides 1 to 5.");

  // The default is larger than ILSVRC's largest test set and smaller than its training sets.
  public static final Setting<Long> JOIN_UP_TO =
      Setting.longInteger("join-up-to")
          .defaultsTo(200_000L)
          .atLeast(0)
          .description(
              "For up to this many images predictions.jsonl is one file; for more, one file per shard.");

  public static final SettingsDefinition<ScoreSettings> DEFINITION =
      SettingsDefinition.of(
              "score",
              ScoreSettings::new,
              DATA,
              MODEL,
              TRAINED_ON,
              WEIGHTS,
              FIND_WEIGHTS,
              KEEP_PROBABILITIES,
              PROBABILITIES,
              OUTPUT,
              DEVKIT,
              TRUTH,
              InferenceSettings.VIEWS,
              InferenceSettings.BATCH,
              RejectedRecords.ALLOWED,
              InferenceSettings.DEVICES,
              InferenceSettings.BATCHES_PER_DEVICE,
              TOP,
              JOIN_UP_TO)
          .withRules(ScoreSettings::check);

  private ScoreSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<ScoreSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<ScoreSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.addFailureOf(this::devices);
    problems.require(
        !findWeights() || weights().isEmpty(),
        "weights are both given and to be found; give either --weights or --find-weights");
    problems.require(
        !findWeights() || models().size() > 1, "find-weights needs several models; there is one");
    problems.require(
        !findWeights() || truth() == null,
        "find-weights finds the weights by the dataset's labels; leave out --truth, and give the weights that were found with --weights");
    problems.require(
        !probabilities().contains(output()),
        "probabilities and output are both %s; choose another output",
        output());
    problems.addFailureOf(this::members);
    problems.addFailureOf(this::devices);
  }

  public Location data() {
    return get(DATA);
  }

  /** Null for none. */
  public Location trainedOn() {
    return get(TRAINED_ON);
  }

  /** The same with other models. */
  public ScoreSettings withModels(List<Location> others) {
    return DEFINITION.builder(this).set(MODEL, others).build();
  }

  public List<Location> models() {
    return get(MODEL);
  }

  List<Double> weights() {
    return get(WEIGHTS);
  }

  boolean findWeights() {
    return get(FIND_WEIGHTS);
  }

  boolean keepProbabilities() {
    return get(KEEP_PROBABILITIES);
  }

  /** Scores that kept the models' probabilities; empty if these are to be computed. */
  List<Location> probabilities() {
    return get(PROBABILITIES);
  }

  public Location output() {
    return get(OUTPUT);
  }

  /** Null to write no submission. */
  Location devkit() {
    return get(DEVKIT);
  }

  /** Null to score by the dataset's labels. */
  Location truth() {
    return get(TRUTH);
  }

  /** How many views of each image are averaged: 1, the centre, or 10. */
  int views() {
    return get(InferenceSettings.VIEWS);
  }

  int batch() {
    return get(InferenceSettings.BATCH);
  }

  long maxRejected() {
    return get(RejectedRecords.ALLOWED);
  }

  long joinUpTo() {
    return get(JOIN_UP_TO);
  }

  InferenceDevices devices() {
    return new InferenceDevices(
        get(InferenceSettings.DEVICES), get(InferenceSettings.BATCHES_PER_DEVICE));
  }

  InferenceMode mode() {
    return new InferenceMode(views(), batch(), devices().names());
  }

  List<Ensemble.Member> members() {
    return Ensemble.members(models(), weights());
  }

  /** The numbers of guesses within which errors are counted, in ascending order. */
  SortedSet<Integer> guesses() {
    TreeSet<Integer> guesses = new TreeSet<>(get(TOP));
    for (int k = 1; k <= Tally.GUESSES; k++) {
      guesses.add(k);
    }
    return guesses;
  }
}
