package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.RequestKind;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job in a work directory of a bucket. */
class CloudJobTest {
  private static final Location WORKDIR = new Location("gs://bucket/runs/first");
  private static final int MOST_REQUESTS = 20;

  private final FakeGcs service = new FakeGcs();
  private final ObjectStore store = GcsStore.emulator(service.address(), GcsRetries.standard());
  private final WrittenStep first = step("first", "a");
  private final WrittenStep second = step("second", "b", first);

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void run_again_readsOnlyTheLedgerAndListings() {
    JobResult earlier = run(first, second);
    service.reset();

    JobResult again = run(first, second);

    assertThat(again.steps()).extracting(StepResult::alreadyDone).containsExactly(true, true);
    assertThat(again.steps())
        .extracting(StepResult::outcome)
        .isEqualTo(earlier.steps().stream().map(StepResult::outcome).toList());
    assertThat(service.counts())
        .containsEntry(RequestKind.LIST, 1L)
        .containsEntry(RequestKind.MEDIA, 1L);
    assertThat(service.requests()).hasSizeLessThan(MOST_REQUESTS);
    assertThat(first.runs()).isEqualTo(1);
  }

  @Test
  void run_emptyWorkdir_writesWhatALocalOneHoldsAndTheChecksums() {
    run(first, second);

    assertThat(service.names("bucket", ""))
        .containsExactly(
            "runs/first/first/begun.txt",
            "runs/first/first/out.txt",
            "runs/first/ledger.json",
            "runs/first/second/begun.txt",
            "runs/first/second/out.txt");
    assertThat(second.content()).isEqualTo("ab");
    Map<String, String> outputs = Ledger.in(store, WORKDIR).entry("first").orElseThrow().outputs();
    assertThat(outputs).containsOnlyKeys("first/", "first/out.txt");
    assertThat(outputs.get("first/"))
        .isEqualTo(
            Fingerprint.ofObjects(store.objectsBelow(WORKDIR.resolve("first"))).orElseThrow());
  }

  @Test
  void run_againAfterAnObjectWasReplaced_runsItsStepOnly() {
    run(first, second);
    service.put("runs/first/second/out.txt", "xy".getBytes(StandardCharsets.UTF_8));

    JobResult again = run(first, second);

    assertThat(again.steps()).extracting(StepResult::alreadyDone).containsExactly(true, false);
    assertThat(second.content()).isEqualTo("ab");
  }

  @Test
  void run_againAfterAnObjectWasDeleted_runsItsStepOnly() {
    run(first, second);
    store.delete(WORKDIR.resolve("first/begun.txt"));

    JobResult again = run(first, second);

    assertThat(again.steps()).extracting(StepResult::alreadyDone).containsExactly(false, true);
  }

  /** Objects were copied, so the step's own check decides. */
  @Test
  void run_afterTheLedgerOfALocalRun_asksTheSteps() {
    run(first, second);
    String text =
        new String(store.readAll(WORKDIR.resolve(Ledger.FILE)), StandardCharsets.UTF_8)
            .replaceAll("\"(first|second)/\" : \"[0-9a-f]+\",\\s*", "");
    assertThat(text).doesNotContain("\"first/\"");
    service.put("runs/first/ledger.json", text.getBytes(StandardCharsets.UTF_8));

    JobResult again = run(first, second);
    assertThat(again.steps()).extracting(StepResult::alreadyDone).containsExactly(true, true);

    second.damage();
    JobResult damaged = run(first, second);
    assertThat(damaged.steps()).extracting(StepResult::alreadyDone).containsExactly(true, false);
  }

  @Test
  void run_changedSettings_saysWhatIsStaleAndHowToMakeItAnew() {
    run(first, second);

    WrittenStep changed = step("first", "A");
    assertThatFailure(() -> run(changed, step("second", "b", changed)))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            """
            gs://bucket/runs/first was made with other settings:
              first: text was 'a' and is now 'A'
            This makes stale: first, second
            Add --redo first to make that anew, or use another --workdir""");
  }

  private WrittenStep step(String name, String text, JobStep... before) {
    return new WrittenStep(store, WORKDIR, name, text, before);
  }

  private JobResult run(JobStep... steps) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    Console console = TypedLine.console(new StringWriter(), new StringWriter());
    return new Job(store, clock, console, WrittenStep.runner(), new Confirmation(console))
        .run(WORKDIR, List.of(steps), StepSelection.all(), () -> false);
  }
}
