package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir private Path temporary;
  private final ObjectStore store = ObjectStores.standard();
  private final StringWriter shown = new StringWriter();
  private Location workdir;

  @BeforeEach
  void placeWorkdir() {
    workdir = Location.of(temporary.resolve("run"));
  }

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
  void run_changedSettings_namesThemAllAndWhatToDelete() {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));

    WrittenStep changed = step("first", "A");
    assertOutputExists(
        () -> run(changed, step("second", "B", changed)),
        workdir
            + " was made with other settings:\n"
            + "  first: text was 'a' and is now 'A'\n"
            + "  second: text was 'b' and is now 'B'\n"
            + "Use another --workdir, or delete the changed work and what was made from it: "
            + workdir.resolve("first")
            + " "
            + workdir.resolve("second"));
    assertThat(changed.runs()).isZero();
  }

  @Test
  void run_changedSettingsOfAStepThatWasRefusedBeforeItWrote_runsIt() {
    WrittenStep first = step("first", "a");
    Failure refusal = new Failure(Failure.Kind.MISMATCH, "b does not fit");
    assertThatFailure(() -> run(first, step("second", "b", first).refused(refusal)))
        .isSameAs(refusal);
    assertThat(Ledger.in(store, workdir).entry("second")).isEmpty();
    assertThat(temporary.resolve("run/second")).doesNotExist();

    WrittenStep second = step("second", "c", first);
    run(first, second);

    assertThat(first.runs()).isEqualTo(1);
    assertThat(second.content()).isEqualTo("ac");
  }

  @Test
  void run_changedSettingsOfAStepThatWasKilledBeforeItWrote_runsIt() throws IOException {
    run(step("first", "a"));
    // As after kill -9 while it only held its lock.
    LedgerFile file = new LedgerFile(store, workdir);
    Ledger ledger = file.read();
    LedgerEntry done = ledger.entry("first").orElseThrow();
    file.write(
        ledger.with(
            new LedgerEntry(
                done.name(),
                LedgerEntry.State.RUNNING,
                done.settingsHash(),
                done.settings(),
                Map.of(),
                Map.of(),
                done.started(),
                null,
                0,
                "",
                Map.of())));
    Files.delete(temporary.resolve("run/first/out.txt"));
    Files.delete(temporary.resolve("run/first/begun.txt"));
    assertThat(temporary.resolve("run/first")).isDirectory();

    WrittenStep second = step("first", "b");
    run(second);

    assertThat(second.content()).isEqualTo("b");
  }

  @Test
  void run_givenInputsChanged_runsTheStepWhichDecides() {
    run(step("first", "a").reading(Map.of("--input", "40 pictures")));

    WrittenStep same = step("first", "a").reading(Map.of("--input", "40 pictures"));
    assertThat(run(same).steps()).extracting(StepResult::alreadyDone).containsExactly(true);
    Failure refusal = new Failure(Failure.Kind.OUTPUT_EXISTS, "made from 40 pictures");
    WrittenStep changed = step("first", "a").reading(Map.of("--input", "41 pictures"));
    assertThatFailure(() -> run(changed.failed(refusal))).isSameAs(refusal);
    assertThat(changed.runs()).isEqualTo(1);
  }

  @Test
  void run_givenInputsGone_isDoneAndSaysThatTheyCannotBeCompared() {
    run(step("first", "a").reading(Map.of("--input", "40 pictures", "--devkit", "2012")));

    JobResult result = run(step("first", "a").reading(Map.of("--devkit", "2012")));

    assertThat(result.steps()).extracting(StepResult::alreadyDone).containsExactly(true);
    assertThat(shown.toString())
        .contains(
            "[1/1] first: what --input names does not exist any more; it is taken to be unchanged\n");
  }

  @Test
  void run_changedSettingsAndDirectoriesDeleted_runsAgain() {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));
    store.deleteDirectory(workdir.resolve("first"));
    store.deleteDirectory(workdir.resolve("second"));

    WrittenStep changed = step("first", "A");
    WrittenStep second = step("second", "b", changed);
    run(changed, second);

    assertThat(second.content()).isEqualTo("Ab");
  }

  @Test
  void run_onlyDirectoryOfChangedStepDeleted_refusesWhatWasMadeFromTheOldOutput() {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));
    store.deleteDirectory(workdir.resolve("first"));

    WrittenStep changed = step("first", "A");
    assertOutputExists(
        () -> run(changed, step("second", "b", changed)),
        workdir.resolve("second")
            + " was made from other inputs; these differ: first/out.txt\n"
            + "Use another --workdir, or delete the changed work and what was made from it: "
            + workdir.resolve("second"));
  }

  @Test
  void run_stepLeftOut_refusesWhatWasMadeFromItsOutput() {
    WrittenStep first = step("first", "a");
    WrittenStep between = step("between", "b", first);
    run(first, between, step("last", "c", between));

    assertOutputExists(
        () -> run(first, step("last", "c", first)),
        workdir.resolve("last")
            + " was made from other inputs; these differ: between/out.txt, first/out.txt\n"
            + "Use another --workdir, or delete the changed work and what was made from it: "
            + workdir.resolve("last"));
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

  private static void assertOutputExists(ThrowingCallable call, String message) {
    assertThatFailure(call).isOfKind(Failure.Kind.OUTPUT_EXISTS).hasMessage(message);
  }

  private JobResult run(JobStep... steps) {
    return run(() -> false, steps);
  }

  private JobResult run(BooleanSupplier stopRequested, JobStep... steps) {
    PrintWriter err = new PrintWriter(shown, true);
    Console console =
        new Console(new PrintWriter(new StringWriter()), err, false, () -> 80, System::nanoTime);
    return new Job(store, CLOCK, console, WrittenStep.runner())
        .run(workdir, List.of(steps), stopRequested);
  }

  private WrittenStep step(String name, String text, JobStep... before) {
    return new WrittenStep(store, workdir, name, text, before);
  }
}
