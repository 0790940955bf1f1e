package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class JobTest extends JobFixture {

  @Test
  void run_emptyWorkdir_runsStepsInOrder() {
    WrittenStep first = step("first", "a");
    WrittenStep second = step("second", "b", first);

    JobResult result = run(first, second);

    assertThat(second.content()).isEqualTo("ab");
    assertThat(result.steps())
        .containsExactly(
            new StepResult(
                "first",
                false,
                Duration.ZERO,
                new StepOutcome("wrote a", Map.<String, Object>of("length", 1))),
            new StepResult(
                "second",
                false,
                Duration.ZERO,
                new StepOutcome("wrote ab", Map.<String, Object>of("length", 2))));
  }

  @Test
  void run_againAfterAStepsFilesWereDamaged_runsThatStepOnly() {
    WrittenStep first = step("first", "a");
    WrittenStep second = step("second", "b", first);
    run(first, second);
    first.damage();

    JobResult result = run(first, second);

    assertThat(result.steps()).extracting(StepResult::alreadyDone).containsExactly(false, true);
    assertThat(first.runs()).isEqualTo(2);
    assertThat(second.runs()).isEqualTo(1);
  }

  @Test
  void run_again_runsNothingAndGivesTheEarlierResults() {
    WrittenStep first = step("first", "a");
    JobResult earlier = run(first);

    JobResult result = run(first);

    assertThat(first.runs()).isEqualTo(1);
    assertThat(result.steps()).extracting(StepResult::alreadyDone).containsExactly(true);
    assertThat(result.steps().get(0).outcome()).isEqualTo(earlier.steps().get(0).outcome());
    assertThat(shown.toString()).endsWith("[1/1] first: already done\n");
  }

  @Test
  void run_killedInSecondStep_continuesThere() {
    WrittenStep first = step("first", "a");
    assertThatThrownBy(() -> run(first, step("second", "b", first).killed()))
        .hasMessage("second was killed");
    assertThat(Ledger.in(store, workdir).entry("second").orElseThrow().state())
        .isEqualTo(LedgerEntry.State.RUNNING);

    WrittenStep second = step("second", "b", first);
    run(first, second);

    assertThat(first.runs()).isEqualTo(1);
    assertThat(second.runs()).isEqualTo(1);
    assertThat(second.content()).isEqualTo("ab");
  }

  @Test
  void run_stopRequestedInTheFirstStep_stopsBeforeTheSecondAndContinuesThere() {
    AtomicBoolean requested = new AtomicBoolean();
    WrittenStep first = step("first", "a").doing(() -> requested.set(true));
    WrittenStep second = step("second", "b", first);

    assertThatFailure(() -> run(requested::get, first, second))
        .isOfKind(Failure.Kind.INTERRUPTED)
        .hasMessageContaining("before the step 'second'");
    assertThat(Ledger.in(store, workdir).entry("first").orElseThrow().state())
        .isEqualTo(LedgerEntry.State.DONE);
    assertThat(second.runs()).isZero();

    run(first, second);
    assertThat(first.runs()).isEqualTo(1);
    assertThat(second.content()).isEqualTo("ab");
  }

  @Test
  void run_againWithAnotherTemporaryDirectory_runsNothingAndRecordsNeither() {
    run(step("first", "a").with("/tmp/one"));

    WrittenStep again = step("first", "a").with("/tmp/other");
    run(again);

    assertThat(again.runs()).isZero();
    assertThat(Ledger.in(store, workdir).entry("first").orElseThrow().settings())
        .containsExactly(Map.entry("text", "a"));
  }

  @Test
  void run_outputTampered_runsOnlyThatStepAgain() {
    WrittenStep first = step("first", "a");
    WrittenStep second = step("second", "b", first);
    run(first, second);
    store.write(first.output(), "x".getBytes(StandardCharsets.UTF_8));

    run(first, second);

    assertThat(first.runs()).isEqualTo(2);
    assertThat(second.runs()).isEqualTo(1);
    assertThat(first.content()).isEqualTo("a");
  }

  @Test
  void run_outputDeleted_runsThatStepAgain() {
    WrittenStep first = step("first", "a");
    run(first);
    store.delete(first.output());

    run(first);

    assertThat(first.content()).isEqualTo("a");
  }

  @Test
  void run_workdirMoved_runsNothing() throws IOException {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));
    Files.move(workdir.localPath(), temporary.resolve("moved"));
    workdir = Location.of(temporary.resolve("moved"));

    WrittenStep moved = step("first", "a");
    WrittenStep second = step("second", "b", moved);
    run(moved, second);

    assertThat(moved.runs() + second.runs()).isZero();
  }

  @Test
  void run_whileAnotherRuns_isRefused() {
    WrittenStep inner = step("inner", "i");
    WrittenStep outer =
        step("outer", "o")
            .doing(
                () ->
                    assertOutputExists(
                        () -> run(inner),
                        "Another run is working in "
                            + workdir
                            + " (it holds "
                            + workdir.resolve(".lock")
                            + "); wait for it to finish, or use another directory"));

    run(outer);

    assertThat(outer.content()).isEqualTo("o");
    assertThat(inner.runs()).isZero();
  }

  @Test
  void run_afterFailure_locksAgain() {
    assertThatThrownBy(() -> run(step("first", "a").killed())).hasMessage("first was killed");

    assertThat(run(step("first", "a")).steps()).hasSize(1);
  }

  @Test
  void run_stepDoneButFailed_stopsThereAndIsNotDone() {
    WrittenStep first =
        step("first", "a").failed(new Failure(Failure.Kind.BAD_DATA, "too much was rejected"));
    WrittenStep second = step("second", "b", first);

    assertThatThrownBy(() -> run(first, second)).hasMessage("too much was rejected");
    assertThatThrownBy(() -> run(first, second)).hasMessage("too much was rejected");

    assertThat(first.runs()).isEqualTo(2);
    assertThat(second.runs()).isZero();
  }

  @Test
  void run_done_leavesLedgerForPeople() {
    run(step("first", "a"));

    assertThat(workdir.resolve("ledger.json").localPath())
        .hasContent(
            """
            {
              "schemaVersion" : 1,
              "steps" : [ {
                "name" : "first",
                "state" : "DONE",
                "settingsHash" : "%s",
                "settings" : {
                  "text" : "a"
                },
                "inputs" : { },
                "outputs" : {
                  "first/out.txt" : "779fcb9f35fc7ae820e4ef2d1715ade406556c5c7ddc926860e65de2d7f4e87e"
                },
                "started" : "2026-01-02T03:04:05Z",
                "finished" : "2026-01-02T03:04:05Z",
                "seconds" : 0.0,
                "summary" : "wrote a",
                "facts" : {
                  "length" : 1
                }
              } ]
            }
            """
                .formatted(Fingerprint.ofText("{\"text\":\"a\"}")));
  }

  @Test
  void run_ledgerOfAnotherVersion_isRefused() {
    store.write(
        workdir.resolve("ledger.json"),
        "{\"schemaVersion\":2,\"steps\":[]}".getBytes(StandardCharsets.UTF_8));

    assertThatFailure(() -> run(step("first", "a")))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("schemaVersion is 2; this program reads 1");
  }
}
