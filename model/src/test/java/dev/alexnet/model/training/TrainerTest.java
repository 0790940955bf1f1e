package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int STEPS = 40;
  private static final int CHECKPOINT_STEPS = 10;

  @TempDir static Path sets;
  private static Dataset data;
  private static Dataset validation;

  private final ObjectStore store = ObjectStores.standard();
  private final List<String> notices = new ArrayList<>();
  @TempDir Path work;

  /** Ends a training from within, as a kill would. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(sets.resolve("train"), "train", 56, 4, 250);
    validation = DatasetFixture.write(sets.resolve("validation"), "validation", 56, 4, 50);
  }

  private TrainingSettings settings(String workdir, String resume, long seed) {
    return new TrainingSettings(
        data.location(),
        validation.location(),
        Location.of(work.resolve(workdir)),
        "mini",
        "",
        0,
        STEPS,
        32,
        "fp32",
        LearningPlan.of(0.01, "dexp"),
        "cpu:0,cpu:1",
        0,
        resume,
        CHECKPOINT_STEPS,
        seed,
        false);
  }

  private TrainingResult train(TrainingSettings settings, Progress progress) {
    return Trainer.train(settings, store, progress, notices::add, Clock.systemUTC(), () -> false);
  }

  private TrainingResult train(TrainingSettings settings) {
    return train(settings, Progress.SILENT);
  }

  private List<String> losses(String workdir) throws IOException {
    // The rate is the only number that time goes into.
    try (Stream<String> lines = Files.lines(work.resolve(workdir).resolve("metrics.jsonl"))) {
      return lines.map(line -> line.replaceAll("\"images_per_second\":[^,]*,", "")).toList();
    }
  }

  private String savedModelHash(String workdir) throws IOException {
    return Sha256.of(Files.readAllBytes(work.resolve(workdir).resolve("model/saved_model.pb")));
  }

  @Test
  void train_onBars_learnsThem() {
    TrainingResult result = train(settings("learns", "auto", 1));
    assertThat(result.top1Error()).isLessThan(0.3);
    assertThat(result.top5Error()).isZero();
    assertThat(result.steps()).isEqualTo(STEPS);
  }

  @Test
  void train_threeTimesWithOneSeed_givesTheSameBits() throws IOException {
    for (String workdir : List.of("first", "second", "third")) {
      train(settings(workdir, "auto", 7));
    }
    assertThat(losses("second")).isEqualTo(losses("first")).hasSizeGreaterThan(4);
    assertThat(losses("third")).isEqualTo(losses("first"));
    assertThat(savedModelHash("second")).isEqualTo(savedModelHash("first"));
    assertThat(savedModelHash("third")).isEqualTo(savedModelHash("first"));
  }

  @Test
  void train_withAnotherSeed_givesOtherLosses() throws IOException {
    train(settings("one", "auto", 1));
    train(settings("two", "auto", 2));
    assertThat(losses("two")).isNotEqualTo(losses("one"));
  }

  @Test
  void train_killedInTheMiddleOfAnEpoch_continuesToTheSameBits() throws IOException {
    train(settings("undisturbed", "auto", 3));
    for (int killedAt : new int[] {5, 13, 35}) {
      Progress killer =
          (done, total, unit, details) -> {
            if (done == killedAt) {
              throw new Killed();
            }
          };
      assertThatThrownBy(() -> train(settings("disturbed", "auto", 3), killer))
          .isInstanceOf(Killed.class);
    }
    TrainingResult result = train(settings("disturbed", "auto", 3));
    assertThat(result.resumedAt()).isEqualTo(30);
    assertThat(losses("disturbed")).isEqualTo(losses("undisturbed"));
    assertThat(savedModelHash("disturbed")).isEqualTo(savedModelHash("undisturbed"));
  }

  @Test
  void train_whenFinished_doesNothing() throws IOException {
    train(settings("finished", "auto", 4));
    String before = savedModelHash("finished");
    TrainingResult again = train(settings("finished", "auto", 4));
    assertThat(again.alreadyComplete()).isTrue();
    assertThat(savedModelHash("finished")).isEqualTo(before);
  }

  @Test
  void train_withOtherSettingsIntoAFinishedOne_isRefused() {
    train(settings("refused", "auto", 5));
    assertThatThrownBy(() -> train(settings("refused", "auto", 6)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.OUTPUT_EXISTS))
        .hasMessageContaining("seed was 5 and is 6");
  }

  @Test
  void train_withATornCheckpoint_fallsBackToTheOlderAndSaysSo() throws IOException {
    Progress killer =
        (done, total, unit, details) -> {
          if (done == 25) {
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> train(settings("torn", "auto", 8), killer)).isInstanceOf(Killed.class);
    Path newest = work.resolve("torn/checkpoints/step-00000024/tensors.data-00000-of-00001");
    byte[] tensors = Files.readAllBytes(newest);
    tensors[tensors.length / 2] ^= 1;
    Files.write(newest, tensors);
    TrainingResult result = train(settings("torn", "auto", 8));
    assertThat(result.resumedAt()).isEqualTo(20);
    assertThat(notices)
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .contains("step-00000024")
                    .contains("tensors.data-00000-of-00001 is not what was written"));
  }

  @Test
  void train_whereResumeIsRequiredAndNothingIsThere_isRefused() {
    assertThatThrownBy(() -> train(settings("nothing", "required", 1)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INPUT_MISSING));
  }

  @Test
  void train_onImagesOfAnotherSize_saysWhichSizeToConvertTo() {
    Dataset large = DatasetFixture.write(work.resolve("large"), "train", 64, 4, 16);
    assertThatThrownBy(() -> train(oneStepOn(large, "size")))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.MISMATCH))
        .hasMessageContaining("64 pixels wide")
        .hasMessageContaining("--size 56");
  }

  @Test
  void train_withTooHighALearningRate_endsAsNotFinite() {
    TrainingSettings settings =
        new TrainingSettings(
            data.location(),
            null,
            Location.of(work.resolve("explodes")),
            "mini",
            "",
            0,
            STEPS,
            32,
            "fp32",
            LearningPlan.of(1e30, "constant"),
            "auto",
            0,
            "auto",
            10,
            1,
            false);
    assertThatThrownBy(() -> train(settings))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.NOT_FINITE))
        .hasMessageContaining("The loss of step")
        .hasMessageContaining("Its batch's 32 images are listed in");
    assertThat(work.resolve("explodes/failed-batch.txt"))
        .content()
        .matches("(train\\d+\\.JPEG\\n){32}");
  }

  @Test
  void train_whereStopIsRequested_commitsThatStepAndContinuesBitByBit() throws IOException {
    train(settings("undisturbed", "auto", 3));
    // Asked after every step and before both batches of the validation after steps 8, 16 and 24:
    // the third run ends between these two, the fourth does that validation again.
    for (int stopAfter : new int[] {3, 8, 9, 15}) {
      int[] asked = {0};
      TrainingSettings stopped = settings("stopped", "auto", 3);
      assertThatThrownBy(
              () ->
                  Trainer.train(
                      stopped,
                      store,
                      Progress.SILENT,
                      notices::add,
                      Clock.systemUTC(),
                      () -> ++asked[0] >= stopAfter))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INTERRUPTED))
          .hasMessageContaining("which has a checkpoint");
    }
    assertThat(notices)
        .filteredOn(notice -> notice.startsWith("Continuing"))
        .containsExactly(
            "Continuing at step 3 of 40",
            "Continuing at step 9 of 40",
            "Continuing at step 16 of 40");
    TrainingResult result = train(settings("stopped", "auto", 3));
    assertThat(result.resumedAt()).isEqualTo(26);
    assertThat(losses("stopped")).isEqualTo(losses("undisturbed"));
    assertThat(savedModelHash("stopped")).isEqualTo(savedModelHash("undisturbed"));
  }

  @Test
  void train_onAPlateauOfTheError_fallsAndContinuesWithThatBitByBit() throws IOException {
    // Nothing is learned at such a rate, so the fifth and the ninth epoch end a plateau.
    train(plateau("whole"));
    int[] steps = {0};
    assertThatThrownBy(
            () ->
                Trainer.train(
                    plateau("parts"),
                    store,
                    Progress.SILENT,
                    notices::add,
                    Clock.systemUTC(),
                    () -> ++steps[0] >= 26))
        .isInstanceOf(Failure.class);
    train(plateau("parts"));
    assertThat(losses("parts")).isEqualTo(losses("whole"));
    assertThat(losses("whole"))
        .filteredOn(line -> line.contains("\"step\":40,") && line.contains("learning_rate"))
        .singleElement(STRING)
        .containsPattern("\"learning_rate/weights\":(1\\.0|9\\.9)[0-9]*E-1[12],");
  }

  private TrainingSettings plateau(String workdir) {
    return new TrainingSettings(
        data.location(),
        validation.location(),
        Location.of(work.resolve(workdir)),
        "mini",
        "",
        10,
        0,
        63,
        "fp32",
        new LearningPlan(1e-9, "plateau", 0.5, false, "conv1", "", "momentum", null),
        "auto",
        0,
        "auto",
        10,
        1,
        false);
  }

  @Test
  void train_asPublished_continuesInEveryPhaseBitByBit() throws IOException {
    Dataset small = DatasetFixture.write(work.resolve("small"), "train", 56, 4, 12);
    train(asPublished("whole", small));
    // Two steps an epoch: the phases begin with the steps 46, 102, 136, 144 and 156.
    for (int stopAfter : new int[] {21, 38, 52, 26, 8, 22}) {
      int[] steps = {0};
      assertThatThrownBy(
              () ->
                  Trainer.train(
                      asPublished("parts", small),
                      store,
                      Progress.SILENT,
                      notices::add,
                      Clock.systemUTC(),
                      () -> ++steps[0] == stopAfter))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INTERRUPTED));
    }
    assertThat(train(asPublished("parts", small)).resumedAt()).isEqualTo(167);
    assertThat(losses("parts")).isEqualTo(losses("whole"));
    assertThat(savedModelHash("parts")).isEqualTo(savedModelHash("whole"));
    assertThat(notices)
        .contains(
            "Step 0: Learning rates: weights 0.00100, biases 0.00200; conv1 weights 0.00100,"
                + " biases 0.00200",
            "Step 136: Learning rates: weights 1.00e-05, biases 0.000200; conv1 weights 1.00e-06,"
                + " biases 0.000200; colours no longer disturbed",
            "Step 144: Learning rates: weights 1.00e-05, biases 0.000200; conv1 frozen; colours no"
                + " longer disturbed");
    assertThat(losses("whole"))
        .filteredOn(line -> line.contains("\"step\":150,"))
        .singleElement(STRING)
        .contains("\"learning_rate/conv1/weights\":0.0,", "\"learning_rate/conv1/biases\":0.0,");
  }

  private TrainingSettings asPublished(String workdir, Dataset dataset) {
    return new TrainingSettings(
        dataset.location(),
        null,
        Location.of(work.resolve(workdir)),
        "mini",
        "",
        93,
        0,
        6,
        "fp32",
        LearningPlan.of(0.001, "epochs"),
        "cpu:0,cpu:1",
        0,
        "auto",
        1000,
        1,
        false);
  }

  @Test
  void train_withATrace_writesEventsAndTableOfTheTenthStep() throws IOException {
    TrainingSettings traced =
        new TrainingSettings(
            data.location(),
            null,
            Location.of(work.resolve("traced")),
            "mini",
            "",
            0,
            12,
            32,
            "fp32",
            LearningPlan.of(0.01, "constant"),
            "cpu:0,cpu:1",
            0,
            "auto",
            10,
            1,
            true);
    train(traced);
    assertThat(work.resolve("traced/trace/step-00000009.json")).content().contains("traceEvents");
    assertThat(work.resolve("traced/trace/step-00000009.txt"))
        .content()
        .contains("CPU:0 to CPU:1, between towers: ");
    assertThat(notices).anyMatch(notice -> notice.startsWith("Step 9 was traced; open "));
  }

  @Test
  void train_atTheLossOfChance_saysSo() {
    TrainingSettings idle =
        new TrainingSettings(
            data.location(),
            null,
            Location.of(work.resolve("idle")),
            "mini",
            "",
            1,
            0,
            32,
            "fp32",
            LearningPlan.of(1e-9, "constant"),
            "auto",
            0,
            "auto",
            10,
            1,
            false);
    train(idle);
    assertThat(notices).anyMatch(notice -> notice.contains("that of chance, ln(classes) = 1.386"));
  }

  @Test
  void train_whereGpusAreRequiredAndMissing_isRefused() {
    assertThatThrownBy(() -> Devices.placement("auto", 2, 64))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.DEVICE))
        .hasMessageContaining("64 GPUs are required");
  }

  @Test
  void train_onADamagedRecord_namesShardAndOffset() throws IOException {
    Dataset damaged = DatasetFixture.write(work.resolve("damaged"), "train", 56, 4, 16);
    Path shard = work.resolve("damaged/train-00001-of-00002.tfrecord");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 100] ^= 1;
    Files.write(shard, bytes);
    assertThatThrownBy(() -> train(oneStepOn(damaged, "damaged-work")))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageContaining("train-00001-of-00002.tfrecord at byte");
  }

  @Test
  void train_onAnImageThatDoesNotDecode_isBadData() {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(work.resolve("broken"), "train", 56, 4, 16);
    assertThatThrownBy(() -> train(oneStepOn(broken, "broken-work")))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageContaining("An image of " + broken.location() + " cannot be read");
  }

  @Test
  void train_whereAnotherRunWorksInTheDirectory_isRefused() {
    TrainingSettings settings = oneStepOn(data, "held");
    assertThatThrownBy(() -> DirectoryLock.holding(settings.workdir(), () -> train(settings)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.OUTPUT_EXISTS))
        .hasMessageContaining("Another run is working in");
  }

  private TrainingSettings oneStepOn(Dataset dataset, String workdir) {
    return new TrainingSettings(
        dataset.location(),
        null,
        Location.of(work.resolve(workdir)),
        "mini",
        "",
        0,
        1,
        16,
        "fp32",
        LearningPlan.of(0.01, "constant"),
        "auto",
        0,
        "auto",
        10,
        1,
        false);
  }
}
