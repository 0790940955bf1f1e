package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.LaunchedRuns;
import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import dev.alexnet.ops.process.Termination;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Launches runs, and goes on with those that have a record in their work directory. */
public final class RecordedRuns implements LaunchedRuns {
  private final CloudRuns cloud;
  private final ObjectStore store;
  private final Console console;
  private final Termination termination;

  @Inject
  public RecordedRuns(
      CloudRuns cloud, ObjectStore store, Console console, Termination termination) {
    this.cloud = requireNonNull(cloud, "cloud is null");
    this.store = requireNonNull(store, "store is null");
    this.console = requireNonNull(console, "console is null");
    this.termination = requireNonNull(termination, "termination is null");
  }

  @Override
  public Optional<LaunchPlan> recorded(EnvironmentContract contract, LaunchSettings settings) {
    RunPlaces places = new RunPlaces(settings.run().workdir(contract));
    LaunchRecordFile file = new LaunchRecordFile(store, places.launchRecord());
    Optional<LaunchRecordFile.Stored> record = file.read();
    if (record.isEmpty()) {
      file.requireBucket();
    }
    return record
        .map(stored -> PlannedRecord.settings(stored.record(), settings, jobFile(places, settings)))
        .map(merged -> LaunchPlan.of(contract, merged));
  }

  /** The one that is given, or else the one that the run was launched with. */
  private Location jobFile(RunPlaces places, LaunchSettings settings) {
    if (settings.config() != null) {
      return settings.config();
    }
    if (!store.exists(places.jobFile())) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no %s: the launch of the run %s was stopped before it was written. Give its job file by --config"
              .formatted(places.jobFile(), settings.run()));
    }
    return places.jobFile();
  }

  @Override
  public StepOutcome launch(LaunchPlan plan, byte[] jobFile, Consent consent) {
    LaunchSettings settings = plan.settings();
    LaunchOrder order =
        new LaunchOrder(
            PlannedRecord.of(plan, Sha256.of(jobFile)),
            jobFile,
            settings.detach(),
            settings.cancelOnInterrupt(),
            proposal -> termination.unheededBy(() -> consent.isGiven(proposal)));
    LaunchResult result;
    try (EnvironmentRuns runs = cloud.open(plan.contract());
        ProgressLine progress = console.progress("launch")) {
      result =
          termination.heededBy(
              () ->
                  runs.launch(
                      order, new PlannedSpecifications(plan), progress, termination::isRequested));
    }
    return outcome(result, settings.run().workdir(plan.contract()));
  }

  @Override
  public Preview next(LaunchPlan plan, byte[] jobFile) {
    RetryPolicy policy = new RetryPolicy(new PlannedSpecifications(plan)::hourlyPrice);
    try (EnvironmentRuns runs = cloud.open(plan.contract())) {
      return runs.preview(PlannedRecord.of(plan, Sha256.of(jobFile)), policy);
    }
  }

  private static StepOutcome outcome(LaunchResult result, Location workdir) {
    LaunchRecord record = result.record();
    StepOutcome outcome =
        StepOutcome.of(summary(result, workdir), record)
            .and(
                Map.of(
                    "workdir", workdir.value(),
                    "state", result.how().name().toLowerCase(Locale.ROOT)));
    return switch (result.how()) {
      case CANCELLED ->
          outcome.failed(
              new Failure(
                  Failure.Kind.INTERRUPTED,
                  "%s was cancelled, because this command was interrupted. Launch the run %s again to go on from its last checkpoint"
                      .formatted(job(record), record.run())));
      case DECLINED -> outcome.failed(new Failure(Failure.Kind.USAGE, "Nothing was launched"));
      default -> outcome;
    };
  }

  private static String summary(LaunchResult result, Location workdir) {
    LaunchRecord record = result.record();
    return switch (result.how()) {
      case SUCCEEDED ->
          "The run %s has succeeded in %s, after %s and %s"
              .formatted(
                  record.run(),
                  workdir,
                  Quantity.of(
                      record.attempts().stream().filter(Attempt::wasAccepted).count(), "attempt"),
                  record.usage());
      case DETACHED ->
          "%s is submitted and goes on by itself. 'alexnet launch %s' attaches, and 'alexnet cancel %s' cancels it"
              .formatted(job(record), record.run(), record.run());
      case CANCELLED -> job(record) + " was cancelled";
      case DECLINED -> "The run " + record.run() + " is as it was";
    };
  }

  private static String job(LaunchRecord record) {
    return record.latest().orElseThrow().job();
  }
}
