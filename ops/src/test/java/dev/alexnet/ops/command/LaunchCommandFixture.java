package dev.alexnet.ops.command;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.LaunchedRuns;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.PlannedLaunches;
import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.Proposal;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.Policy;
import dev.alexnet.ops.launch.record.Work;
import dev.alexnet.ops.planning.JobPlanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Command lines of launch, with runs that tell what they were asked for. */
abstract class LaunchCommandFixture {
  static final String JOB =
      """
      convert:
        input: gs://my-project-alexnet-dev-archives/imagenet
      train:
        preset: published
        epochs: 90
      """;

  private static final LaunchRecord RECORD =
      LaunchRecord.of(
          "first",
          "dev",
          new Work(PlannedLaunches.IMAGE, "l4", "f00d", false),
          new Policy(List.of(Provisioning.SPOT), List.of("us-central1-a"), 3600, 10),
          new Limits(null, 20.0));

  static final Proposal SECOND =
      new Proposal(
          2,
          new Offer(Provisioning.SPOT, "us-central1-a"),
          Optional.of(Duration.ofMinutes(290)),
          "1.2 h, about $0.93");

  @TempDir Path directory;
  final List<String> launched = new ArrayList<>();
  boolean isLaunched;
  boolean isAttemptDue;

  /** Why nobody can see whether the run was launched before. */
  Failure unseen;

  @BeforeEach
  void write() throws IOException {
    Files.write(
        directory.resolve("environment.json"), PlannedLaunches.resource("environment.json"));
    Files.writeString(directory.resolve("job.yaml"), JOB);
  }

  /** Tells what it was asked for. */
  private final class ListedRuns implements LaunchedRuns {
    @Override
    public Optional<LaunchPlan> recorded(EnvironmentContract contract, LaunchSettings settings) {
      if (unseen != null) {
        throw unseen;
      }
      return isLaunched ? Optional.of(LaunchPlan.of(contract, settings)) : Optional.empty();
    }

    @Override
    public StepOutcome launch(LaunchPlan plan, byte[] jobFile, Consent consent) {
      String what = "launch " + plan.run() + "\n" + new String(jobFile, StandardCharsets.UTF_8);
      launched.add(isLaunched ? "attach " + plan.run() : what);
      if (isAttemptDue) {
        launched.add("submit: " + consent.isGiven(SECOND));
      }
      return StepOutcome.of("Launched", RECORD)
          .and(Map.of("state", "succeeded", "workdir", plan.workdir().value()));
    }

    @Override
    public Preview next(LaunchPlan plan, byte[] jobFile) {
      return isAttemptDue ? Preview.of(SECOND) : Preview.nothing("alexnet-first-1 lives");
    }
  }

  TypedLine launch(String... options) {
    return launch(Optional.empty(), options);
  }

  /**
   * @param answer what is typed on the terminal; empty if there is no terminal
   */
  TypedLine launch(Optional<String> answer, String... options) {
    List<String> words =
        new ArrayList<>(List.of("first", "--config=" + directory.resolve("job.yaml")));
    words.addAll(List.of(options));
    return execute(answer, words);
  }

  TypedLine execute(Optional<String> answer, List<String> options) {
    List<String> words = new ArrayList<>(options);
    words.add("--environment=" + directory.resolve("environment.json"));
    words.add("--image=" + PlannedLaunches.IMAGE);
    Console terminal =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            answer.isPresent(),
            () -> 80,
            () -> 0);
    ObjectStore store = ObjectStores.standard();
    LaunchedJobFiles jobFiles =
        new LaunchedJobFiles(store, TypedLine.injector().getInstance(JobPlanner.class));
    return TypedLine.execute(
        console ->
            new LaunchCommand(
                store,
                console,
                jobFiles,
                new ListedRuns(),
                new Confirmation(terminal, () -> answer)),
        words.toArray(String[]::new));
  }
}
