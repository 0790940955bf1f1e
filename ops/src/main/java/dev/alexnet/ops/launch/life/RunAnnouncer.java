package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.ElapsedTime;
import dev.alexnet.ops.launch.policy.JobEvent;
import dev.alexnet.ops.launch.policy.JobReport;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Shows what happens to a run: every event once, and how far its training is. */
final class RunAnnouncer {
  private final Progress progress;
  private final TrainingProgress training;
  private final Set<JobEvent> shown = new HashSet<>();
  private Optional<TrainingSample> shownSample = Optional.empty();

  RunAnnouncer(Progress progress, ObjectStore store, RunPlaces places) {
    this.progress = requireNonNull(progress, "progress is null");
    this.training = new TrainingProgress(store, places.trainings());
  }

  void note(String sentence) {
    progress.note(sentence);
  }

  void submitted(Attempt attempt, LaunchRecord record) {
    progress.note(
        "%s is submitted: %s%s. It waits at most %s for a machine"
            .formatted(
                attempt.job(),
                attempt.offer(),
                attempt.longestSeconds() == null
                    ? ""
                    : ", for at most "
                        + ElapsedTime.text(Duration.ofSeconds(attempt.longestSeconds())),
                ElapsedTime.text(record.policy().maxQueueWait())));
  }

  /** Whether something new was shown. */
  boolean events(Attempt attempt, JobReport report) {
    boolean news = false;
    for (JobEvent event : report.events()) {
      if (shown.add(event)) {
        news = true;
        progress.note(attempt.job() + ": " + event.inBrief());
      }
    }
    return news;
  }

  void training(LaunchRecord record, Instant now) {
    Optional<TrainingSample> sample = training.latest();
    if (sample.isEmpty() || sample.equals(shownSample)) {
      return;
    }
    shownSample = sample;
    TrainingSample latest = sample.get();
    progress.report(
        latest.step(),
        0,
        "steps",
        String.format(
            Locale.ROOT,
            "loss %.3f  %,.0f images/s  %s so far",
            latest.loss(),
            latest.imagesPerSecond(),
            record.usageUntil(now).costInWords()));
  }

  void ended(Attempt attempt) {
    Integer code = attempt.end().exitCode();
    progress.note(
        "%s %s%s, after %s"
            .formatted(
                attempt.job(),
                inWords(attempt.end().cause()),
                code == null || code == 0 ? "" : " (exit code " + code + ")",
                attempt.usage()));
  }

  private static String inWords(EndCause cause) {
    return switch (cause) {
      case SUCCEEDED -> "succeeded";
      case PREEMPTED -> "was preempted";
      case RETRYABLE -> "was stopped";
      case NO_CAPACITY -> "got no machine";
      case QUOTA -> "got no machine for a quota";
      case CANCELLED -> "was cancelled";
      case NOT_SUBMITTED -> "was not submitted";
      case TIME_LIMIT -> "reached its longest duration";
      default -> "failed";
    };
  }
}
