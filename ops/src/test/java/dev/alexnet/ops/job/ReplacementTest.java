package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run asks before it deletes, if there is somebody to ask. */
class ReplacementTest extends JobFixture {
  private static final StepSelection REDO =
      new StepSelection(List.of("first"), "", List.of(), false);

  private String redo(StepSelection selection, boolean terminal, String answer) {
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            terminal,
            () -> 300,
            System::nanoTime);
    Confirmation confirmation = new Confirmation(console, () -> Optional.ofNullable(answer));
    new Job(store, CLOCK, console, WrittenStep.runner(), confirmation)
        .run(workdir, List.of(steps()), selection, () -> false);
    return err.toString();
  }

  private WrittenStep[] steps() {
    WrittenStep first = step("first", "a");
    return new WrittenStep[] {first, step("second", "b", first)};
  }

  @Test
  void run_redoOnATerminal_showsWhatItReplacesAndAsks() {
    run(steps());

    assertThat(redo(REDO, true, "yes"))
        .startsWith(
            """
            step    directory%1$s  size
            first   %2$s/first   1 kB
            second  %2$s/second  1 kB
            Replace this? [y/N]\s"""
                .formatted(" ".repeat(workdir.value().length() - 2), workdir))
        .contains(
            "Keeping %1$s/second in %1$s/.former-second until second is made anew"
                .formatted(workdir));
  }

  @Test
  void run_redoThatIsNotAgreedTo_replacesNothing() {
    run(steps());

    for (String answer : new String[] {"n", "", null}) {
      assertThatFailure(() -> redo(REDO, true, answer))
          .isOfKind(Failure.Kind.USAGE)
          .hasMessage(
              "Nothing was replaced. Without --redo, a run keeps what is done; with --yes, it does not ask");
    }
    assertThat(run(steps()).steps()).allMatch(JobResult.StepResult::alreadyDone);
  }

  @Test
  void run_redoWithYesOrWithoutTerminal_saysWhatItSetsAsideWithoutAsking() {
    run(steps());
    StepSelection agreed = new StepSelection(List.of("first"), "", List.of(), true);

    for (String said : List.of(redo(agreed, true, "n"), redo(REDO, false, "n"))) {
      assertThat(said)
          .doesNotContain("[y/N]")
          .contains(
              "Keeping %1$s/second in %1$s/.former-second until second is made anew"
                  .formatted(workdir),
              "Keeping %1$s/first in %1$s/.former-first until first is made anew"
                  .formatted(workdir));
    }
  }

  @Test
  void run_redoOfNothing_doesNotAsk() {
    assertThat(redo(REDO, true, "n")).doesNotContain("[y/N]").contains("[2/2] second");
  }
}
