package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.job.EffectiveSetting.Origin;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job does with work that was begun or done with other settings, inputs or steps. */
class ChangedJobTest extends JobFixture {

  @Test
  void run_changedSettings_namesThemAllAndWhatIsStale() {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));

    WrittenStep changed = step("first", "A");
    assertOutputExists(
        () -> run(changed, step("second", "B", changed)),
        workdir
            + " was made with other settings:\n"
            + "  first: text was 'a' and is now 'A'\n"
            + "  second: text was 'b' and is now 'B'\n"
            + "This makes stale: first, second\nAdd --redo first to make that anew, or use another --workdir");
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
  void run_withAnOptionThatDidNotExistBefore_isDoneAtItsDefaultAndChangedOtherwise() {
    run(step("first", "a"));

    WrittenStep same = step("first", "a").withOption("colour", "red", Origin.DEFAULT);
    assertThat(run(same).steps()).extracting(StepResult::alreadyDone).containsExactly(true);
    assertOutputExists(
        () -> run(step("first", "a").withOption("colour", "blue", Origin.GIVEN)),
        workdir
            + " was made with other settings:\n"
            + "  first: colour was '' and is now 'blue'\n"
            + "This makes stale: first\nAdd --redo first to make that anew, or use another --workdir");
  }

  @Test
  void run_givenInputsChanged_runsTheStepWhichDecides() {
    run(step("first", "a").reading(Map.of("--input", "40 pictures")));

    WrittenStep same = step("first", "a").reading(Map.of("--input", "40 pictures"));
    assertThat(run(same).steps()).extracting(StepResult::alreadyDone).containsExactly(true);
    Failure refusal = new Failure(Failure.Kind.OUTPUT_EXISTS, "made from 40 pictures");
    WrittenStep changed = step("first", "a").reading(Map.of("--input", "41 pictures"));
    assertThatFailure(() -> run(changed.refused(refusal)))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "made from 40 pictures\n"
                + "This makes stale: first\nAdd --redo first to make that anew, or use another --workdir");
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
            + "This makes stale: second\nAdd --redo second to make that anew, or use another --workdir");
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
            + "This makes stale: last\nAdd --redo last to make that anew, or use another --workdir");
  }
}
