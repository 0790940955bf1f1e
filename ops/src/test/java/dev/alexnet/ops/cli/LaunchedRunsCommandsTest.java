package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.JobStatus.State;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.util.Modules;
import dev.alexnet.infra.batch.Batch;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.ops.launch.life.LaunchFixture;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look after a launched run, in a bucket of the fake service. */
class LaunchedRunsCommandsTest {
  private static final String JOB = "alexnet-first-1";

  @TempDir private Path directory;
  private final FakeGcs gcs = new FakeGcs();
  private LaunchFixture run;

  private final class Cloud extends AbstractModule {
    @Provides
    SleepingClock clock() {
      return run.time;
    }

    @Provides
    Batch batch() {
      return (project, region) -> run.batch;
    }

    @Provides
    ObjectStore store() {
      return run.store;
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    Location workdir = new Location("gs://" + FakeGcs.BUCKET + "/first");
    run = new LaunchFixture(EmulatedStores.standard(gcs), workdir);
    Files.write(contract(), LaunchFixture.contract(FakeGcs.BUCKET));
  }

  @AfterEach
  void close() {
    gcs.close();
  }

  private Path contract() {
    return directory.resolve("environment.json");
  }

  private TypedLine enter(String command, String... more) {
    String[] words = new String[more.length + 2];
    words[0] = command;
    words[1] = "--environment=" + contract();
    System.arraycopy(more, 0, words, 2, more.length);
    return TypedLine.enterOn(platform -> Modules.override(platform).with(new Cloud()), words);
  }

  private void launch() {
    run.launch(LaunchFixture.detached(LaunchFixture.order()));
  }

  private void log(String name, String content) {
    gcs.put("first/attempts/" + name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void status_run_isATableOfItsAttempts() {
    launch();
    assertThat(enter("status", "first"))
        .isEqualTo(
            new TypedLine(
                0,
                """
                attempt  job              machine         waited    ran  hours   cost  state
                1        alexnet-first-1  spot in zone-a   0.0 s  0.0 s    0.0  $0.00  queued
                The run first in gs://%s/first has used 0.0 h, about $0.00. Training: -
                """
                    .formatted(FakeGcs.BUCKET),
                heading("first")));
  }

  @Test
  void status_withoutRun_listsThoseOfTheEnvironment() {
    launch();
    assertThat(enter("status").out())
        .isEqualTo(
            """
            run    state   attempts  hours   cost  training
            first  queued         1    0.0  $0.00  -
            """);
    run.store.delete(run.places.launchRecord());
    TypedLine without = enter("status");
    assertThat(without.out()).isEqualTo("Batch lists no run of this environment\n");
    assertThat(without.err())
        .isEqualTo("status: first has jobs, but no record: its work directory was deleted\n");
  }

  @Test
  void status_asJson_isOneObject() {
    launch();
    assertThat(enter("status", "--json", "first").out())
        .startsWith(
            "{\"command\":\"status\",\"runs\":[{\"run\":\"first\",\"workdir\":\"gs://"
                + FakeGcs.BUCKET
                + "/first\"")
        .contains("\"state\":\"queued\"")
        .endsWith("]}\n");
  }

  @Test
  void status_runThatWasNeverLaunched_isMissing() {
    assertThat(enter("status", "second"))
        .isEqualTo(
            new TypedLine(
                66,
                "",
                heading("second")
                    + "alexnet: This run was never launched: there is no gs://%s/second/launch/launch.json. Check its name; 'alexnet status' lists the runs\n"
                        .formatted(FakeGcs.BUCKET)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "logs", "cancel"})
  void command_bucketThatDoesNotExist_namesIt(String command) throws IOException {
    Files.write(contract(), LaunchFixture.contract("no-such-bucket"));
    TypedLine line = enter(command, "first");
    assertThat(line.exitCode()).isEqualTo(66);
    assertThat(line.err())
        .contains("the bucket no-such-bucket does not exist at")
        .doesNotContain("never launched");
  }

  @Test
  void logs_attemptThatShowedSomething_isThatText() {
    launch();
    log(JOB + "-1/attempt.json", "{\"started\":\"then\",\"host\":\"here\",\"process\":7}");
    log(JOB + "-1/log-000001.txt", "one\n");
    log(JOB + "-1/log-000002.txt", "two\n");
    assertThat(enter("logs", "first"))
        .isEqualTo(
            new TypedLine(
                0,
                "one\ntwo\n",
                heading("first")
                    + """
                alexnet-first-1 began at then on here; it has not ended, or was killed
                What the machine itself logged: gcloud logging read 'labels.job_uid="uid-alexnet-first-1"' --project=my-project --order=asc
                """));
    assertThat(enter("logs", "--json", "first").out())
        .contains("\"text\":\"one\\ntwo\\n\"")
        .contains("\"uid\":\"uid-alexnet-first-1\"");
  }

  @Test
  void logs_attemptThatNeverBegan_isWhatTheServiceSays() {
    launch();
    run.batch.say(JOB, "no machine yet");
    TypedLine line = enter("logs", "first");
    assertThat(line.out()).isEqualTo("2026-01-02T00:00:00Z no machine yet\n");
    assertThat(line.err())
        .startsWith(heading("first") + "alexnet-first-1 has shown nothing. Batch says of it:\n");
  }

  @Test
  void logs_attemptOfWhichNobodySaysAnything_saysSo() {
    launch();
    TypedLine waiting = enter("logs", "first");
    assertThat(waiting.out()).isEmpty();
    assertThat(waiting.err())
        .startsWith(
            heading("first")
                + "alexnet-first-1 has shown nothing, and Batch says nothing of it yet\nWhat the machine itself logged: gcloud logging");
    run.batch.forget(JOB);
    assertThat(enter("logs", "first"))
        .isEqualTo(
            new TypedLine(
                0,
                "",
                heading("first")
                    + "alexnet-first-1 has shown nothing, and Batch does not know it\n"));
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "no such region, ': no such region'"})
  void logs_attemptThatWasNotSubmitted_saysSoAndWhy(String detail, String why) {
    launch();
    run.batch.forget(JOB);
    end(AttemptEnd.of(EndCause.NOT_SUBMITTED, detail));
    TypedLine expected =
        new TypedLine(0, "", heading("first") + "alexnet-first-1 was not submitted" + why + "\n");
    assertThat(enter("logs", "first")).isEqualTo(expected);
    assertThat(enter("logs", "--follow", "first")).isEqualTo(expected);
    assertThat(enter("logs", "--json", "first").out()).contains("\"cause\":\"not_submitted\"");
  }

  private void end(AttemptEnd how) {
    LaunchRecordFile file = new LaunchRecordFile(run.store, run.places.launchRecord());
    LaunchRecordFile.Stored stored = file.read().orElseThrow();
    Attempt ended = stored.record().latest().orElseThrow().endedAt(run.time.instant(), how);
    assertThat(file.replace(stored, stored.record().replacing(ended))).isPresent();
  }

  @Test
  void logs_follow_endsWithTheAttempt() {
    launch();
    run.time.at(Duration.ofMinutes(5), () -> log(JOB + "-1/log-000001.txt", "one\n"));
    run.time.at(Duration.ofMinutes(6), () -> run.batch.enter(JOB, State.SUCCEEDED));
    assertThat(enter("logs", "--follow", "first"))
        .isEqualTo(new TypedLine(0, "one\n", heading("first")));
    assertThat(enter("logs", "--follow", "--json", "first").exitCode()).isEqualTo(64);
  }

  @Test
  void cancel_livingRun_waitsUntilItHasEnded() {
    launch();
    run.time.in(Duration.ofMinutes(2), () -> run.batch.enter(JOB, State.CANCELLED));
    assertThat(enter("cancel", "first"))
        .isEqualTo(
            new TypedLine(
                0,
                "alexnet-first-1 was cancelled, after 0.0 h, about $0.00\n",
                heading("first")
                    + """
                cancel: alexnet-first-1: cancellation in progress
                cancel: alexnet-first-1: cancelled
                """));
  }

  @Test
  void cancel_livingRunAsJson_namesTheJob() {
    launch();
    run.time.in(Duration.ofMinutes(2), () -> run.batch.enter(JOB, State.CANCELLED));
    assertThat(enter("cancel", "--json", "first").out())
        .contains("\"cancelled\":\"alexnet-first-1\"")
        .contains("\"cause\":\"cancelled\"")
        .contains("\"stop_reason\":\"user\"");
  }

  @Test
  void cancel_runThatHasEnded_saysThatThereIsNothingToCancel() {
    launch();
    run.time.in(Duration.ofMinutes(2), () -> run.batch.enter(JOB, State.SUCCEEDED));
    run.launch(LaunchFixture.order());
    assertThat(enter("cancel", "first"))
        .isEqualTo(
            new TypedLine(
                0, "Nothing to cancel: alexnet-first-1 has ended (succeeded)\n", heading("first")));
    assertThat(enter("cancel", "--json", "first").out()).contains("\"cancelled\":null");
  }

  private static String heading(String run) {
    return "Run %s in gs://%s/%s\n".formatted(run, FakeGcs.BUCKET, run);
  }
}
