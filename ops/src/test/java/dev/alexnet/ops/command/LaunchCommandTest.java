package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.batch.v1.Job;
import com.google.protobuf.util.JsonFormat;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What launch shows, asks and refuses before anything is submitted. */
class LaunchCommandTest {
  private static final String JOB =
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

  private static final Proposal SECOND =
      new Proposal(
          2,
          new Offer(Provisioning.SPOT, "us-central1-a"),
          Optional.of(Duration.ofMinutes(290)),
          "1.2 h, about $0.93");

  @TempDir private Path directory;
  private final List<String> launched = new ArrayList<>();
  private boolean isLaunched;
  private boolean isAttemptDue;

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
    public Optional<Proposal> next(LaunchPlan plan, byte[] jobFile) {
      return isAttemptDue ? Optional.of(SECOND) : Optional.empty();
    }
  }

  private TypedLine launch(String... options) {
    return launch(Optional.empty(), options);
  }

  /**
   * @param answer what is typed on the terminal; empty if there is no terminal
   */
  private TypedLine launch(Optional<String> answer, String... options) {
    List<String> words =
        new ArrayList<>(List.of("first", "--config=" + directory.resolve("job.yaml")));
    words.addAll(List.of(options));
    return execute(answer, words);
  }

  private TypedLine execute(Optional<String> answer, List<String> options) {
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

  @Test
  void dryRun_ofALaunch_printsTheFirstJobAndNothingElse() throws Exception {
    TypedLine typed = launch("--dry-run", "--max-hours=6", "--provisioning=spot,standard");

    Job.Builder job = Job.newBuilder();
    JsonFormat.parser().merge(typed.out(), job);
    LaunchPlan plan = PlannedLaunches.plan(all -> all.set(LaunchSettings.MAX_HOURS, 6.0));
    assertThat(job.build()).isEqualTo(plan.firstJob());
    assertThat(typed.exitCode()).isZero();
    assertThat(launched).isEmpty();
    assertThat(typed.err())
        .isEqualTo(
            """
            launch          first
            environment     dev, project my-project
            job file        %s/job.yaml
            work directory  gs://my-project-alexnet-dev-runs/first
            image           %s
            machine         g2-standard-24 with 2 nvidia-l4
            price an hour   spot $0.80, then standard $2.00
            zones           us-central1-a, us-central1-b, us-central1-c
            attempts        at most 10; each waits at most 60 minutes for a machine, and has it for as long as the ceiling allows
            ceiling         6.00 hours of spot ($4.80), or 6.00 hours of standard ($12.00)
            account         alexnet-dev-job@my-project.iam.gserviceaccount.com

            """
                .formatted(directory, PlannedLaunches.IMAGE));
  }

  @Test
  void dryRun_withoutACeiling_saysHowToSetOne() {
    assertThat(launch("--dry-run").err())
        .contains(
            "price an hour   spot $0.80, then flex-start at most $2.00, then standard $2.00\n",
            "ceiling         none; --max-hours or --max-cost sets one\n");
  }

  @Test
  void dryRun_ofAMachineThatCannotStartFlexibly_saysSo() {
    assertThat(launch("--dry-run", "--profile=t4", "--deterministic", "--max-hours=0.34").err())
        .contains(
            "price an hour   spot $0.44, then standard $1.46; no flex-start, which n1-standard-16"
                + " cannot have\n",
            "ceiling         0.34 hours of spot ($0.15), or 0.34 hours of standard ($0.50)\n",
            "deterministic   yes: GPUs give the same bits each time, and are slower\n");
    assertThat(launch("--dry-run", "--max-cost=1000000").err())
        .contains(
            "for a machine, and has it for at most 14 days (7 of flex-start)\n",
            "ceiling         1,250,000.00 hours of spot ($1000000.00), or ");
  }

  @Test
  void launch_withOptionsThatAreEmptyOrNoNumber_isRefused() {
    TypedLine typed = launch("--zones=", "--provisioning=spot,", "--max-cost=20d");

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(typed.err())
        .contains("'--zones': it is empty; leave it out for all", "'spot,'; did you mean 'spot'?")
        .contains("'20d' is not a number");
  }

  @Test
  void dryRun_withoutPrices_saysThatTheyAreNotKnown() throws Exception {
    Path contract = directory.resolve("environment.json");
    Files.writeString(
        contract, Files.readString(contract).replaceAll("\"hourly_price\": [^}]*},", ""));

    assertThat(launch("--dry-run", "--max-hours=6", "--provisioning=spot").err())
        .contains(
            "price an hour   unknown: the contract has no hourly_price\n",
            "ceiling         6.00 hours of spot (at an unknown price)\n");
  }

  @Test
  void launch_jobThatTheMachineCannotRun_isRefusedWithEverything() throws Exception {
    Files.writeString(
        directory.resolve("job.yaml"),
        """
        convert:
          input: pictures
          classes: wnids.txt
          unpack-to: /mnt/disks/scratch/unpacked
        train:
          preset: published
          epochs: 90
          devices: cpu:0
        score:
          devices: gpu:2
        """);

    TypedLine typed = launch("--yes");

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(launched).isEmpty();
    assertThat(typed.err())
        .endsWith(
            """
            job.yaml: 4 problems:
              input of convert-train and convert-validation is pictures, which is on this machine, where the job cannot read it; copy it to a bucket with 'gcloud storage cp', and name that copy
              classes of convert-train and convert-validation is wnids.txt, which is on this machine, where the job cannot read it; copy it to a bucket with 'gcloud storage cp', and name that copy
              devices of train is cpu:0, which does not use the machine's 2 GPUs; remove it, or name whole GPUs
              devices of score is gpu:2, which does not use the machine's 2 GPUs; remove it, or name whole GPUs
            """);
  }

  @Test
  void launch_jobFileWithADeviceThatIsNone_isRefused() throws Exception {
    Files.writeString(
        directory.resolve("job.yaml"), JOB + "  devices: bogus\nscore:\n  devices: tpu\n");

    assertThat(launch("--yes").err())
        .contains("'bogus' is not a device; write gpu:0,gpu:1", "'tpu' is not a device");
    assertThat(launched).isEmpty();
  }

  @Test
  void launch_jobFileThatWantsDeterminism_isRefusedUnlessLaunchIsToldToo() throws Exception {
    Files.writeString(
        directory.resolve("job.yaml"), JOB.replace("train:\n", "train:\n  deterministic: true\n"));

    TypedLine refused = launch("--yes");
    TypedLine launchedSo = launch("--yes", "--deterministic");

    assertThat(refused.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(refused.err())
        .endsWith(
            "job.yaml: deterministic of train needs a variable of the machine's environment; launch with --deterministic, which sets it\n");
    assertThat(launchedSo.exitCode()).as(launchedSo.err()).isZero();
    assertThat(launched).hasSize(1);
  }

  @Test
  void launch_withoutATerminal_asksForYes() {
    TypedLine typed = launch();

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(typed.err())
        .endsWith(
            "alexnet: launch asks before it spends money, and cannot ask here: there is no terminal, or"
                + " --quiet is given. Give --yes to launch without being asked, or --dry-run to see"
                + " the job\n");
    assertThat(launched).isEmpty();
  }

  @Test
  void launch_withYes_launchesTheJobFileAsItIs() {
    TypedLine typed = launch("--yes");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).isEqualTo("Launched\n");
    assertThat(launched).containsExactly("launch first\n" + JOB);
  }

  @Test
  void launch_thatIsConfirmed_launches() {
    assertThat(launch(Optional.of("yes")).exitCode()).isZero();

    assertThat(launched).hasSize(1);
  }

  @Test
  void launch_thatIsNotConfirmed_launchesNothing() {
    TypedLine typed = launch(Optional.of(""));

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(typed.err()).endsWith("alexnet: Nothing was launched\n");
    assertThat(launched).isEmpty();
  }

  @Test
  void launch_ofARunThatWasLaunched_attachesWithoutAQuestion() {
    isLaunched = true;

    TypedLine typed = launch("--json");

    assertThat(typed.out())
        .startsWith("{\"command\":\"launch\",\"result\":{\"attempts\":[],")
        .contains("\"run\":\"first\"", "\"state\":\"succeeded\"");
    assertThat(launched).containsExactly("attach first");
  }

  @Test
  void launch_ofARunThatNeedsAnotherAttempt_asksBeforeItIsSubmitted() {
    isLaunched = true;
    isAttemptDue = true;

    launch(Optional.of("y"));
    launch(Optional.of("n"));
    launch(Optional.empty(), "--yes");
    TypedLine unattended = launch(Optional.empty());

    assertThat(launched)
        .containsExactly(
            "attach first",
            "submit: true",
            "attach first",
            "submit: false",
            "attach first",
            "submit: true",
            "attach first");
    assertThat(unattended.exitCode()).isEqualTo(64);
    assertThat(unattended.err()).contains("Give --yes to launch without being asked");
  }

  @Test
  void launch_ofAWrongJobFile_isRefusedBeforeAnythingElse() throws IOException {
    Files.writeString(directory.resolve("job.yaml"), "train:\n  epochz: 90\n");

    TypedLine typed = launch("--yes");

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(typed.err()).contains("epochz").doesNotContain("price an hour");
    assertThat(launched).isEmpty();
  }

  @Test
  void launch_ofAJobThatNeedsNoGpu_isRefused() throws IOException {
    Files.writeString(directory.resolve("job.yaml"), "synth:\n  classes: 2\n");

    TypedLine typed = launch("--yes");

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(typed.err())
        .endsWith(
            "job.yaml has no section 'train', so nothing in it needs a GPU; run it where a processor is enough: alexnet run --workdir gs://my-project-alexnet-dev-runs/first\n");
  }

  @Test
  void launch_withoutAContract_isAMissingInput() throws IOException {
    Files.delete(directory.resolve("environment.json"));

    assertThat(launch("--yes").exitCode()).isEqualTo(Failure.Kind.INPUT_MISSING.exitCode());
  }

  @Test
  void launch_ofAnotherAttempt_showsThePlanAndWhatWasUsed() {
    isLaunched = true;
    isAttemptDue = true;

    assertThat(launch("--yes", "--max-cost=20").err())
        .contains("price an hour", "ceiling")
        .contains("used so far     1.2 h, about $0.93\n")
        .contains("next attempt    number 2, spot in us-central1-a, for at most 4 h 50 min\n");
  }

  @Test
  void dryRun_ofARunThatWasLaunched_printsItsNextJob() throws Exception {
    isLaunched = true;
    isAttemptDue = true;

    TypedLine typed = launch("--dry-run");

    Job.Builder job = Job.newBuilder();
    JsonFormat.parser().merge(typed.out(), job);
    assertThat(job.build()).isEqualTo(PlannedLaunches.plan(all -> all).job(SECOND));
    assertThat(job.build().toString()).contains("alexnet-first-2", "seconds: 17400");
    assertThat(launched).isEmpty();
  }

  @Test
  void dryRun_ofARunThatLives_saysThatNothingWouldBeSubmitted() {
    isLaunched = true;

    TypedLine typed = launch("--dry-run");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualTo(
            "Nothing would be submitted: an attempt at the run first lives, or it has succeeded; 'alexnet status first' shows it\n");
  }

  @Test
  void dryRun_asJson_isOneObjectWithTheJob() throws Exception {
    JsonNode result = Json.read(bytes(launch("--dry-run", "--json").out()), JsonNode.class, "it");

    assertThat(result.path("command").asText()).isEqualTo("launch");
    assertThat(result.path("result").path("state").asText()).isEqualTo("planned");
    Job.Builder job = Job.newBuilder();
    JsonFormat.parser().merge(result.path("result").path("job").toString(), job);
    assertThat(job.build()).isEqualTo(PlannedLaunches.plan(all -> all).firstJob());
    isLaunched = true;
    assertThat(launch("--dry-run", "--json").out())
        .isEqualTo(
            "{\"command\":\"launch\",\"result\":{\"job\":null,\"state\":\"nothing_to_submit\"}}\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Their pictures are drawn, so each can be launched as it is. */
  @Test
  void dryRun_ofTheBuiltInJobAndOfEverySmallExperiment_isAccepted() throws IOException {
    List<String> files = new ArrayList<>(List.of(""));
    try (Stream<Path> all = Files.walk(Path.of("../experiments/small"))) {
      all.filter(file -> file.toString().endsWith(".yaml")).map(Path::toString).forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(10);
    for (String file : files) {
      TypedLine typed =
          execute(
              Optional.empty(),
              file.isEmpty()
                  ? List.of("first", "--dry-run")
                  : List.of("first", "--dry-run", "--config=" + file));
      assertThat(typed.exitCode()).as(file + typed.err()).isZero();
    }
  }
}
