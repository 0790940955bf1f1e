package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code --redo}, {@code --from} and {@code --only} do with a finished job. */
class SelectedStepsTest extends JobFixture {
  private WrittenStep first;
  private WrittenStep second;
  private WrittenStep aside;
  private WrittenStep last;

  @BeforeEach
  void finishJob() {
    place("a", "b");
    run(first, aside, second, last);
    shown.getBuffer().setLength(0);
  }

  /** New steps, which have not run. */
  private void place(String textOfFirst, String textOfSecond) {
    first = step("make-first", textOfFirst);
    aside = step("aside", "x");
    second = step("make-second", textOfSecond, first);
    last = step("last", "c", second, aside);
  }

  @Test
  void redo_step_makesItAndWhatWasMadeFromItAnew() {
    JobResult result = run(redo("make-second"), first, aside, second, last);

    assertThat(result.steps())
        .extracting(StepResult::alreadyDone)
        .containsExactly(true, true, false, false);
    assertThat(last.content()).isEqualTo("abxc");
    assertThat(shown.toString())
        .startsWith(
            """
            Keeping %1$s/last in %1$s/.former-last until last is made anew
            Keeping %1$s/make-second in %1$s/.former-make-second until make-second is made anew
            """
                .formatted(workdir));
  }

  @Test
  void redo_stepWithOtherSettings_isNotRefused() {
    place("a", "B");
    run(redo("make-second"), first, aside, second, last);

    assertThat(last.content()).isEqualTo("aBxc");
  }

  @Test
  void redo_otherStepThanTheChangedOne_isRefusedBeforeAnythingIsDeleted() {
    place("A", "b");

    assertOutputExists(
        () -> run(redo("aside"), first, aside, second, last),
        workdir
            + " was made with other settings:\n"
            + "  make-first: text was 'a' and is now 'A'\n"
            + "This makes stale: make-first, make-second, last\nAdd --redo make-first to make that anew, or use another --workdir");
    assertThat(aside.content()).isEqualTo("x");
  }

  @Test
  void redo_somethingThatIsReadIsGone_isRefusedBeforeAnythingIsDeleted() {
    first.refused(new Failure(Failure.Kind.INPUT_MISSING, "the pictures are gone"));

    assertThatFailure(() -> run(redo("make-first"), first, aside, second, last))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage("the pictures are gone");

    assertThat(first.content()).isEqualTo("a");
    assertThat(last.content()).isEqualTo("abxc");
  }

  @Test
  void redo_section_makesAllItsStepsAnew() {
    JobResult result = run(redo("make"), first, aside, second, last);

    assertThat(result.steps())
        .extracting(StepResult::alreadyDone)
        .containsExactly(false, true, false, false);
  }

  @Test
  void redo_killedAfterwards_continuesWithoutRedo() {
    WrittenStep killed = step("make-second", "B", first).killed();
    assertThatThrownBy(
            () -> run(redo("make-second"), first, aside, killed, step("last", "c", killed, aside)))
        .hasMessage("make-second was killed");

    place("a", "B");
    run(first, aside, second, last);

    assertThat(first.runs()).isZero();
    assertThat(last.content()).isEqualTo("aBxc");
  }

  @Test
  void redo_whileItsDirectoryIsInUse_isRefused() {
    DirectoryLock.holding(
        store,
        second.directory(),
        notice -> {},
        held -> {
          assertThatFailure(() -> run(redo("make-second"), first, aside, second, last))
              .isOfKind(Failure.Kind.OUTPUT_EXISTS)
              .hasMessageContaining("Another run is working in " + second.directory());
          return null;
        });
    assertThat(second.content()).isEqualTo("ab");
  }

  @Test
  void redo_withOnly_leavesWhatWasMadeFromIt() {
    place("a", "B");
    StepSelection selection =
        new StepSelection(List.of("make-second"), "", List.of("make-second"), false);

    JobResult result = run(selection, first, aside, second, last);

    assertThat(result.steps()).extracting(StepResult::name).containsExactly("make-second");
    assertThat(second.content()).isEqualTo("aB");
    assertThat(last.content()).isEqualTo("abxc");
  }

  @Test
  void redo_stepThatOnlyLeavesOut_isRefused() {
    assertUsage(
        new StepSelection(List.of("last"), "", List.of("aside"), false),
        "--redo names 'last', which --only or --from leaves out");
  }

  @Test
  void redo_unknownStep_isRefused() {
    assertUsage(
        redo("lst"),
        "--redo: the job has no step 'lst'; did you mean 'last'?; its steps are make-first, aside, make-second, last");
  }

  @Test
  void from_step_neitherVerifiesNorMakesEarlierOnes() {
    first.damage();
    last.damage();

    JobResult result = run(new StepSelection(List.of(), "make-second", List.of(), false), steps());

    assertThat(result.steps()).extracting(StepResult::name).containsExactly("make-second", "last");
    assertThat(first.runs()).isEqualTo(1);
    assertThat(last.runs()).isEqualTo(2);
    assertThat(shown.toString()).contains("[1/2] make-second: already done\n[2/2] last");
  }

  @Test
  void only_withoutWhatItNeeds_isRefused() {
    store.deleteDirectory(workdir);

    assertThatFailure(() -> run(new StepSelection(List.of(), "", List.of("last"), false), steps()))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "Not done yet: make-first, aside, make-second, from which last is made; run the job with neither --only nor --from");
  }

  @Test
  void only_whatItNeedsWasDeleted_isRefused() {
    store.delete(second.output());

    assertThatFailure(() -> run(new StepSelection(List.of(), "", List.of("last"), false), steps()))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "What the step 'last' is made from was deleted; run the job with neither --only nor --from to make it again");
  }

  @Test
  void only_whatItNeedsHasOtherSettings_isRefused() {
    place("A", "b");

    assertThatFailure(() -> run(new StepSelection(List.of(), "", List.of("last"), false), steps()))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("make-first: text was 'a' and is now 'A'");
  }

  @Test
  void only_stepThatNeedsNothingChanged_ignoresTheOthers() {
    place("A", "b");

    JobResult result = run(new StepSelection(List.of(), "", List.of("aside"), false), steps());

    assertThat(result.steps()).extracting(StepResult::alreadyDone).containsExactly(true);
  }

  @Test
  void run_finished_needsNoLock() {
    DirectoryLock.holding(
        store,
        workdir,
        notice -> {},
        held -> {
          assertThat(run(steps()).steps())
              .extracting(StepResult::alreadyDone)
              .containsExactly(true, true, true, true);
          return null;
        });
    assertThat(shown.toString())
        .isEqualTo(
            """
            [1/4] make-first: already done
            [2/4] aside: already done
            [3/4] make-second: already done
            [4/4] last: already done
            """);
  }

  @Test
  void run_lastStepDamaged_saysOnceThatTheOthersAreDone() {
    last.damage();

    run(steps());

    assertThat(shown.toString())
        .startsWith(
            """
            [1/4] make-first: already done
            [2/4] aside: already done
            [3/4] make-second: already done
            [4/4] last
            """);
    assertThat(last.runs()).isEqualTo(2);
  }

  private void assertUsage(StepSelection selection, String message) {
    assertThatFailure(() -> run(selection, steps()))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(message);
  }

  private WrittenStep[] steps() {
    return new WrittenStep[] {first, aside, second, last};
  }

  private static StepSelection redo(String step) {
    return new StepSelection(List.of(step), "", List.of(), false);
  }
}
