package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.DatasetFixture.Named;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.devkit.DevkitClasses;
import dev.alexnet.pipelines.evaluate.EvaluateSettings;
import dev.alexnet.pipelines.evaluate.Evaluation;
import dev.alexnet.pipelines.evaluate.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scores of the classes of a published devkit, as a submission in its ids, evaluate to the same
 * errors. Nobody trained the model, so the labels are made of its guesses: the class of picture n,
 * from 0, is its guess n modulo 7, from 0.
 */
@RealData.Needed
class RealDevkitSubmissionTest {
  private static final int IMAGES = 70;

  @TempDir private Path directory;

  private static Location devkit(String name) {
    return Location.of(RealData.folder("devkits/" + name));
  }

  /** Scores, submits and evaluates with the ids of a devkit. */
  private Evaluation evaluate(Location devkit, Map<Integer, ClassLabel> byId) throws IOException {
    List<ClassLabel> classes =
        byId.values().stream().sorted(Comparator.comparing(ClassLabel::wnid)).toList();
    Map<String, Integer> idOfWnid = new HashMap<>();
    byId.forEach((id, label) -> idOfWnid.put(label.wnid(), id));
    Dataset unknown = write("unknown", classes, Collections.nCopies(IMAGES, -1));
    Location model = ModelFixture.write(directory.resolve("model"), unknown, 4);
    List<Integer> labels = labels(unknown, model);
    Dataset data = write("known", classes, labels);
    List<String> truth =
        labels.stream().map(label -> "" + idOfWnid.get(classes.get(label).wnid())).toList();
    Path truthFile = Files.write(directory.resolve("truth.txt"), truth);

    Scores scores =
        new ScorePipeline(ObjectStores.standard())
            .run(
                ScoreSettings.builder()
                    .set(ScoreSettings.DATA, data.location())
                    .set(ScoreSettings.MODEL, List.of(model))
                    .set(ScoreSettings.OUTPUT, Location.of(directory.resolve("scores")))
                    .set(ScoreSettings.DEVKIT, devkit)
                    .set(InferenceSettings.BATCH, 32)
                    .build(),
                PipelineOptionsFactory.create(),
                Progress.SILENT);

    Evaluation evaluation =
        new Evaluator(ObjectStores.standard())
            .run(
                EvaluateSettings.builder()
                    .set(
                        EvaluateSettings.SUBMISSION,
                        Location.of(directory.resolve("scores/submission.txt")))
                    .set(EvaluateSettings.TRUTH, Location.of(truthFile))
                    .set(EvaluateSettings.DEVKIT, devkit)
                    .build());
    assertThat(evaluation.images()).isEqualTo(IMAGES);
    assertThat(evaluation.withoutGuess()).isZero();
    assertThat(evaluation.flat()).isEqualTo(scores.rates().errors());
    return evaluation;
  }

  /** The same pictures, whatever their labels are. */
  private Dataset write(String name, List<ClassLabel> classes, List<Integer> labels) {
    List<Named> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      images.add(new Named("ILSVRC_val_%08d.JPEG".formatted(i + 1), labels.get(i), i));
    }
    return DatasetFixture.write(directory.resolve(name), "validation", 56, classes, images);
  }

  private static List<Integer> labels(Dataset data, Location model) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (ImageRecord image : ImageRecords.of(data)) {
      files.put(image.fileName(), image.image());
    }
    List<Integer> labels = new ArrayList<>();
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      for (float[] probabilities : predictor.predict(List.copyOf(files.values()))) {
        List<Integer> byProbability =
            IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
                .toList();
        labels.add(byProbability.get(labels.size() % 7));
      }
    }
    return labels;
  }

  @Test
  void score_ofTheClassesOf2012_submitsWhatEvaluatesToTheSameErrors() throws IOException {
    Location devkit = devkit("ILSVRC2012_devkit_t12");
    DevkitClasses classes = DevkitClasses.read(ObjectStores.standard(), devkit);
    Evaluation evaluation = evaluate(devkit, new TreeMap<>(classes.byId()));
    assertThat(evaluation.flat().stream().mapToDouble(ErrorWithin::error).toArray())
        .containsExactly(new double[] {6 / 7.0, 5 / 7.0, 4 / 7.0, 3 / 7.0, 2 / 7.0}, within(1e-12));
    assertThat(evaluation.hierarchical()).isNull();
  }

  @Test
  void score_ofTheClassesOf2010_submitsWhatEvaluatesToTheSameErrors() throws IOException {
    Location devkit = devkit("ILSVRC2010_devkit-1.0");
    DevkitClasses classes = DevkitClasses.read(ObjectStores.standard(), devkit);
    Evaluation evaluation = evaluate(devkit, new TreeMap<>(classes.byId()));
    assertThat(evaluation.flat().stream().mapToDouble(ErrorWithin::error).toArray())
        .containsExactly(new double[] {6 / 7.0, 5 / 7.0, 4 / 7.0, 3 / 7.0, 2 / 7.0}, within(1e-12));
    List<String> submission = Files.readAllLines(directory.resolve("scores/submission.txt"));
    List<String> truth = Files.readAllLines(directory.resolve("truth.txt"));
    for (int k = 1; k <= 5; k++) {
      long sum = 0;
      for (int image = 0; image < IMAGES; image++) {
        int least = Integer.MAX_VALUE;
        for (String guess : List.of(submission.get(image).split(" ")).subList(0, k)) {
          int cost =
              classes
                  .costs()
                  .orElseThrow()
                  .cost(Integer.parseInt(guess), Integer.parseInt(truth.get(image)));
          least = Math.min(least, cost);
        }
        sum += least;
      }
      assertThat(evaluation.hierarchical().get(k - 1).cost())
          .isCloseTo((double) sum / IMAGES, within(1e-12));
    }
  }
}
