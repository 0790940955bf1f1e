package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.io.PrintWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No way to end a redo loses a finished result for which there is no new one. */
abstract class RedoContract extends JobFixture {
  static final StepSelection REDO = new StepSelection(List.of("second"), "", List.of(), true);

  byte[] ledgerBefore;

  @BeforeEach
  void finishJob() {
    run(job("b", "c"));
    ledgerBefore = store.readAll(workdir.resolve(Ledger.FILE));
    shown.getBuffer().setLength(0);
  }

  /** New steps, which have not run. */
  WrittenStep[] job(String second, String third) {
    WrittenStep first = step("first", "a");
    WrittenStep middle = step("second", second, first);
    return new WrittenStep[] {first, middle, step("third", third, middle)};
  }

  static Failure tooLarge() {
    return new Failure(Failure.Kind.USAGE, "it is too large");
  }

  /** What a redo leaves until it is finished. */
  List<String> left() {
    return store.entries(workdir).stream()
        .map(ObjectEntry::name)
        .filter(name -> name.startsWith(".") && !name.equals(".lock"))
        .toList();
  }

  void assertAsBefore() {
    WrittenStep[] job = job("b", "c");
    assertThat(run(job).steps()).allMatch(StepResult::alreadyDone);
    assertThat(job[2].content()).isEqualTo("abc");
    assertThat(left()).isEmpty();
    assertThat(store.readAll(workdir.resolve(Ledger.FILE))).isEqualTo(ledgerBefore);
  }

  /** As if the run had been killed when there was room for new results. */
  void killAtBegin(WrittenStep... job) {
    LedgerFile file = new LedgerFile(store, workdir);
    file.write(redo(job).begin(file.read()));
  }

  Redo redo(WrittenStep... job) {
    PrintWriter err = new PrintWriter(shown, true);
    Console console = new Console(err, err, false, () -> 80, System::nanoTime);
    return new Redo(store, console, workdir, new ChosenSteps(List.of(job), REDO));
  }

  void stopInThird() {
    WrittenStep[] job = job("B", "c");
    WrittenStep killed = step("third", "c", job[1]).killed();
    assertThatFailure(() -> run(REDO, job[0], job[1], killed)).isOfKind(Failure.Kind.INTERRUPTED);
  }

  @Test
  void redo_done_leavesNothingOfTheFormerResults() {
    WrittenStep[] job = job("B", "c");
    run(REDO, job);

    assertThat(job[2].content()).isEqualTo("aBc");
    assertThat(left()).isEmpty();
    assertThat(shown.toString())
        .startsWith(
            """
            Keeping %1$s/third in %1$s/.former-third until third is made anew
            Keeping %1$s/second in %1$s/.former-second until second is made anew
            """
                .formatted(workdir));
  }

  @Test
  void redo_refusedByTheStepItself_putsBackWhatWasMade() {
    WrittenStep[] job = job("B", "c");
    job[1].refusedOnlyWhenRun(tooLarge());

    assertThatFailure(() -> run(REDO, job)).hasMessage("it is too large");

    assertThat(shown.toString()).endsWith("Put back what was made before --redo: second, third\n");
    assertAsBefore();
  }

  @Test
  void run_afterARedoThatMadeNothing_putsBackWhatWasMade() {
    killAtBegin(job("B", "c"));
    assertThat(left()).contains(".former-second/", ".former-third/", ".redo");

    assertAsBefore();
  }

  @Test
  void run_otherSettingsAfterARedoThatMadeNothing_isRefusedAndKeepsWhatWasMade() {
    killAtBegin(job("B", "c"));

    assertThatFailure(() -> run(job("D", "c"))).isOfKind(Failure.Kind.OUTPUT_EXISTS);

    assertAsBefore();
  }

  @Test
  void redo_otherSettingsAndRefused_keepsTheFinishedResultOfTheFirst() {
    WrittenStep[] stopped = job("B", "c");
    stopped[1].killed();
    assertThatFailure(() -> run(REDO, stopped)).isOfKind(Failure.Kind.INTERRUPTED);
    WrittenStep[] refused = job("D", "c");
    refused[1].refusedOnlyWhenRun(tooLarge());

    assertThatFailure(() -> run(REDO, refused)).hasMessage("it is too large");

    assertAsBefore();
  }

  @Test
  void redo_laterStepStopped_keepsItsFormerResultUntilItIsDone() {
    stopInThird();

    assertThat(left()).contains(".former-third/", ".redo").doesNotContain(".former-second/");
    assertThat(store.readAll(workdir.resolve(".former-third/out.txt"))).asString().isEqualTo("abc");
    run(job("B", "c"));
    assertThat(left()).isEmpty();
  }

  @Test
  void redo_sameCommandAfterAStop_continues() {
    stopInThird();

    assertThat(run(REDO, job("B", "c")).steps())
        .extracting(StepResult::alreadyDone)
        .containsExactly(true, true, false);
    assertThat(left()).isEmpty();
    assertThat(run(REDO, job("B", "c")).steps())
        .extracting(StepResult::alreadyDone)
        .containsExactly(true, false, false);
  }

  @Test
  void redo_otherSettingsAfterAStop_beginsOnceMore() {
    stopInThird();
    WrittenStep[] job = job("D", "c");
    run(REDO, job);

    assertThat(job[2].content()).isEqualTo("aDc");
    assertThat(left()).isEmpty();
  }
}
