package dev.alexnet.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.Screen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a dry run says of a job in each state, and that it changes nothing. */
class ForecastTest extends JobFixture {

  @Test
  void forecast_nothingDone_saysWhatIsToDo() {
    WrittenStep first = step("first", "a");

    Forecast forecast = forecast(StepSelection.all(), first, step("second", "b", first));

    assertThat(ForecastTable.textOf(forecast, Screen.NONE))
        .startsWith(
            """
            step    state  size  last time  why
            first   to do     -          -  not begun
            second  to do     -          -  not begun

            """)
        .endsWith(
            "B free; what is to be made was never made before, so its size is not known. 'alexnet doctor --input' says what datasets need\n");
    assertThat(forecast.refusal()).isEmpty();
    assertThat(temporary.resolve("run")).doesNotExist();
  }

  @Test
  void forecast_done_saysSo() {
    WrittenStep first = step("first", "a");
    run(first);

    assertThat(ForecastTable.textOf(forecast(StepSelection.all(), first), Screen.NONE))
        .startsWith(
            """
            step   state  size  last time  why
            first  done   1 kB          -

            """)
        .endsWith("B free; nothing needs space\n");
  }

  @Test
  void forecast_interrupted_saysThatTheRestIsToDo() {
    WrittenStep first = step("first", "a");
    assertThatThrownBy(() -> run(first, step("second", "b", first).killed()))
        .hasMessage("second was killed");

    assertThat(rows(forecast(StepSelection.all(), first, step("second", "b", first))))
        .containsExactly("first done ", "second to do begun, but not finished");
  }

  @Test
  void forecast_otherSettings_saysWhatIsStaleAndWhy() {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));
    WrittenStep changed = step("first", "A");

    Forecast forecast = forecast(StepSelection.all(), changed, step("second", "b", changed));

    assertThat(rows(forecast))
        .containsExactly("first stale text was 'a' and is now 'A'", "second stale made from first");
    assertThat(forecast.refusal()).isPresent();
    assertThatThrownBy(() -> run(changed, step("second", "b", changed)))
        .isInstanceOf(Failure.class)
        .hasMessage(forecast.refusal().orElseThrow().getMessage());
  }

  @Test
  void forecast_redo_saysWhatIsMadeAnew() {
    WrittenStep first = step("first", "a");
    WrittenStep second = step("second", "b", first);
    run(first, second);

    Forecast forecast =
        forecast(new StepSelection(List.of("first"), "", List.of(), false), first, second);

    assertThat(rows(forecast))
        .containsExactly("first to do asked for by --redo", "second to do made from first");
    assertThat(second.content()).isEqualTo("ab");
  }

  @Test
  void forecast_changedGivenInput_namesTheOption() {
    run(step("first", "a").reading(Map.of("--input", "40 pictures")));

    assertThat(
            rows(
                forecast(
                    StepSelection.all(),
                    step("first", "a").reading(Map.of("--input", "41 pictures")))))
        .containsExactly("first to do what --input names has changed");
  }

  @Test
  void forecast_damagedOutput_saysThatItIsMadeAgainAndTheRestStays() {
    WrittenStep first = step("first", "a");
    WrittenStep second = step("second", "b", first);
    run(first, second);
    store.write(first.output(), "x".getBytes(StandardCharsets.UTF_8));

    assertThat(rows(forecast(StepSelection.all(), first, second)))
        .containsExactly(
            "first to do something that it made is lost or damaged",
            "second done if first comes out as before");
  }

  @Test
  void forecast_onlyDirectoryOfChangedStepDeleted_refusesAsTheRunDoes() {
    WrittenStep first = step("first", "a");
    run(first, step("second", "b", first));
    store.write(first.output(), "x".getBytes(StandardCharsets.UTF_8));

    Forecast forecast =
        forecast(
            new StepSelection(List.of(), "", List.of("second"), false),
            first,
            step("second", "b", first));

    assertThat(rows(forecast)).containsExactly("second stale made from another first/out.txt");
    assertThat(forecast.refusal().orElseThrow())
        .hasMessageStartingWith(
            workdir.resolve("second") + " was made from other inputs; these differ: first/out.txt");
  }

  @Test
  void factsOf_forecast_haveNamesForPrograms() {
    assertThat(ForecastTable.factsOf(forecast(StepSelection.all(), step("first", "a")), Map.of()))
        .containsExactly(
            Map.of(
                "name", "first",
                "state", "to_do",
                "why", "not begun",
                "bytes", 0L,
                "last_seconds", 0.0));
  }

  private Forecast forecast(StepSelection selection, JobStep... steps) {
    return job().forecast(workdir, List.of(steps), selection);
  }

  private static List<String> rows(Forecast forecast) {
    return forecast.steps().stream()
        .map(step -> step.name() + " " + step.state() + " " + step.why())
        .toList();
  }

  @Test
  void forecast_inputThatTheRunRefuses_endsAsTheRunWould() {
    WrittenStep missing =
        step("first", "a").refused(new Failure(Failure.Kind.INPUT_MISSING, "nothing is there"));

    Forecast forecast = forecast(StepSelection.all(), missing);

    assertThat(rows(forecast)).containsExactly("first to do not begun");
    assertThat(forecast.refusal().orElseThrow()).hasMessage("nothing is there");
    assertThat(temporary.resolve("run")).doesNotExist();
  }

  @Test
  void forecast_otherPicturesThanBefore_isStaleAndSaysWhatTheRunSays() {
    run(step("first", "a").reading(Map.of("--input", "one")));
    WrittenStep first =
        step("first", "a")
            .reading(Map.of("--input", "two"))
            .refused(
                Failure.advising(
                    Failure.Kind.OUTPUT_EXISTS, "it was made from others", "Choose another"));
    WrittenStep second = step("second", "b", first);

    Forecast forecast = forecast(StepSelection.all(), first, second);

    assertThat(rows(forecast))
        .containsExactly("first stale what --input names has changed", "second to do not begun");
    String message = forecast.refusal().orElseThrow().getMessage();
    assertThat(message)
        .isEqualTo(
            "it was made from others\nThis makes stale: first\nAdd --redo first to make that anew, or use another --workdir");
    assertThatThrownBy(() -> run(first, second)).hasMessage(message);
    assertThat(
            rows(forecast(new StepSelection(List.of(), "second", List.of(), false), first, second)))
        .as("the refused step is still known to be done")
        .containsExactly("second to do not begun");
  }
}
