package dev.alexnet.ops.report;

import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.ops.report.Page.Fact;
import dev.alexnet.ops.report.Page.Facts;
import dev.alexnet.pipelines.score.ScoredModel;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The settings of scoring and training, and the hashes of their inputs. */
final class FactTables {
  private static final Set<String> LENGTHS = Set.of("epochs", "steps");

  private final ReportData data;
  private final Scores scores;

  FactTables(ReportData data) {
    this.data = data;
    this.scores = data.scores();
  }

  List<Facts> facts() {
    List<Facts> facts = new ArrayList<>();
    ModelDescription model = data.model();
    List<Fact> scoring = new ArrayList<>();
    scoring.add(new Fact("dataset", scores.inputs().dataset()));
    scoring.add(new Fact("SHA-256 of its manifest", scores.inputs().datasetHash()));
    if (data.manifest() != null) {
      scoring.add(new Fact("source", data.manifest().source()));
      scoring.add(new Fact("split", data.manifest().split()));
    }
    if (scores.inputs().truth() != null) {
      scoring.add(new Fact("labels", scores.inputs().truth().file()));
      scoring.add(new Fact("SHA-256 of the labels", scores.inputs().truth().hash()));
    }
    scoring.add(new Fact("views", String.valueOf(scores.mode().views())));
    scoring.add(new Fact("batch", String.valueOf(scores.mode().batch())));
    facts.add(new Facts("Scores", scoring));
    scores.inputs().models().forEach(each -> facts.add(facts(each)));
    List<Fact> training = new ArrayList<>();
    training.add(new Fact("parameters", Words.format("%,d", model.parameters())));
    training.add(
        new Fact(
            "images",
            Words.format(
                "%d × %d pixels, of which the network sees %d × %d",
                model.imageSize(), model.imageSize(), model.inputSize(), model.inputSize())));
    model.settings().entrySet().stream()
        .filter(setting -> isGiven(setting.getKey(), setting.getValue()))
        .forEach(setting -> training.add(new Fact(setting.getKey(), setting.getValue())));
    facts.add(new Facts("Training of the model that is shown", training));
    return facts;
  }

  /**
   * A setting that was not given is stored as empty. Of epochs and steps, one is 0 and the other
   * counts.
   */
  private static boolean isGiven(String name, String value) {
    return !value.isBlank()
        && !value.equals("{}")
        && !(value.equals("0") && LENGTHS.contains(name));
  }

  private Facts facts(ScoredModel of) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("network", of.preset()));
    facts.add(new Fact("training steps", Words.format("%,d", of.steps())));
    if (scores.inputs().models().size() > 1) {
      facts.add(new Fact("weight", Words.format("%.3f", of.weight())));
    }
    facts.add(new Fact("SHA-256 of the SavedModel", of.hash()));
    facts.add(new Fact("SHA-256 of the training set's manifest", of.datasetHash()));
    return new Facts("Model " + of.directory(), facts);
  }
}
