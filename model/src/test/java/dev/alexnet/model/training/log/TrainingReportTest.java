package dev.alexnet.model.training.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingReportTest {
  private static final LearningRates RATES = new LearningRates(0.01, 0.02);
  private static final long SECOND = 1_000_000_000;

  @TempDir Path workdir;

  private final List<String> notices = new ArrayList<>();
  private String details = "";

  @Test
  void epochEnded_validated_saysInOneLineHowItWent() {
    try (StallWatch watch = watch();
        TrainingReport report = report(watch, 10)) {
      report.trained(new BatchResult(64, 1.5, 32, 60), SECOND / 10);
      report.validated(1, new BatchResult(50, 1.25, 30, 48));
      report.epochEnded(1, 1, RATES);
    }

    assertThat(notices)
        .containsExactly(
            "Epoch 1 of 3: loss 1.500, top-1 error 50.0 %; validation loss 1.250, top-1 error"
                + " 40.0 %, top-5 error 4.0 %; learning rate 0.0100, 640 images/s");
  }

  @Test
  void epochEnded_fiveClasses_hasNoTop5Error() {
    try (StallWatch watch = watch();
        TrainingReport report = report(watch, 5)) {
      report.trained(new BatchResult(64, 1.5, 32, 64), SECOND);
      report.validated(1, new BatchResult(50, 1.25, 30, 50));
      report.epochEnded(1, 1, RATES);
    }

    assertThat(notices)
        .containsExactly(
            "Epoch 1 of 3: loss 1.500, top-1 error 50.0 %; validation loss 1.250, top-1 error"
                + " 40.0 %; learning rate 0.0100, 64 images/s");
  }

  @Test
  void epochEnded_nothingLearned_saysSoOnceAfterEnoughSteps() {
    BatchResult idle = new BatchResult(64, 2.297, 6, 32);
    try (StallWatch watch = watch();
        TrainingReport report = report(watch, 10)) {
      for (long done : new long[] {100, 200, 300}) {
        report.trained(idle, SECOND);
        report.epochEnded(done, 100, RATES);
      }
    }

    assertThat(notices)
        .filteredOn(notice -> !notice.startsWith("Epoch "))
        .containsExactly(
            "After 200 steps the loss is 2.297; that of chance, ln(classes), is 2.303, and a"
                + " network that learns is at least 1 % below it. With many classes that is normal"
                + " in the first epoch; in later ones, try another --learning-rate, or check that"
                + " the labels belong to their images. --overfit-one-batch checks whether the"
                + " network can learn at all");
  }

  @Test
  void progress_validated_tellsTheErrorsBeforeTheSpeed() {
    try (StallWatch watch = watch();
        TrainingReport report = report(watch, 10)) {
      report.trained(new BatchResult(64, 1.5, 32, 60), SECOND / 10);
      report.validated(1, new BatchResult(50, 1.25, 30, 48));
      report.progress(1);
    }

    assertThat(details)
        .isEqualTo("loss 1.500  top-1 error 50.0 %  validation 40.0 %  640 images/s");
  }

  private static StallWatch watch() {
    return new StallWatch(Duration.ofMinutes(10), notice -> {});
  }

  private TrainingReport report(StallWatch watch, int classes) {
    Progress progress = (done, total, unit, more) -> details = more;
    return new TrainingReport(
        new TrainingLog(workdir, Clock.systemUTC(), 0, watch),
        progress,
        notices::add,
        classes,
        3,
        BatchResult.none());
  }
}
