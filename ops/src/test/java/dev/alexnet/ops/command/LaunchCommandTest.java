package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.cli.TypedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What launch asks and refuses before anything is submitted. */
class LaunchCommandTest extends LaunchCommandFixture {

  @Test
  void launch_withOptionsThatAreEmptyOrNoNumber_isRefused() {
    TypedLine typed = launch("--zones=", "--provisioning=spot,", "--max-cost=20d");

    assertThat(typed.exitCode()).isEqualTo(Failure.Kind.USAGE.exitCode());
    assertThat(typed.err())
        .contains("'--zones': it is empty; leave it out for all", "'spot,'; did you mean 'spot'?")
        .contains("'20d' is not a number");
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
}
