package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.batch.v1.Job;
import com.google.protobuf.util.JsonFormat;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.PlannedLaunches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What launch shows of an attempt that it does not submit. */
class LaunchDryRunTest extends LaunchCommandFixture {

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
    assertThat(typed.err()).isEqualTo("Nothing would be submitted: alexnet-first-1 lives\n");
  }

  @Test
  void dryRun_withoutCredentials_showsTheJobOfANewRun() throws Exception {
    unseen = new Failure(Failure.Kind.PERMISSION, "there are no credentials");

    TypedLine typed = launch("--dry-run");

    assertThat(typed.exitCode()).isZero();
    Job.Builder job = Job.newBuilder();
    JsonFormat.parser().merge(typed.out(), job);
    assertThat(job.build()).isEqualTo(PlannedLaunches.plan(all -> all).firstJob());
    assertThat(typed.err())
        .startsWith(
            "Shown as a new run, because nobody can tell whether first was launched before: there are no credentials\n");
    assertThat(launch("--yes").exitCode()).isEqualTo(Failure.Kind.PERMISSION.exitCode());
    assertThat(launched).isEmpty();
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
