package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.Style;
import dev.alexnet.ops.console.Transcript;
import dev.alexnet.ops.process.Termination;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees at a terminal of 80 columns. */
class TerminalOutputTest {
  private static final Style TERMINAL = new Style(true, true, true, null);

  @TempDir Path directory;

  private static TypedLine enter(Style style, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            () -> 80,
            () -> 0,
            new Transcript(),
            style);
    int exitCode =
        CommandDispatcher.run(
            console,
            shown -> new PlatformModule(shown, Clock.systemUTC(), new Termination()),
            arguments);
    return new TypedLine(exitCode, out.toString(), err.toString());
  }

  private static void assertFits(String out) {
    assertThat(out.replaceAll("\u001b\\[\\d+m", "").lines().toList())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void enter_commandsWithTables_fitAndBreakNoWord() {
    List<String> words = List.of("Constants", "Multiply-adds", "60,965,224");

    TypedLine network = enter(TERMINAL, "network", "--preset=published");
    TypedLine plan = enter(TERMINAL, "run", "--dry-run", "--workdir=" + directory.resolve("run"));

    assertFits(network.out());
    assertThat(network.out()).contains(words);
    assertFits(plan.out());
    assertThat(plan.out()).contains("convert-validation  \u001b[33mto do\u001b[0m ");
  }

  @Test
  void enter_aFailure_isInColourIfThatIsWanted() {
    String[] line = {"network", "--preset=minni"};
    String message = "Invalid value for option '--preset': 'minni'; did you mean 'mini'?\n";

    assertThat(enter(TERMINAL, line).err()).startsWith("\u001b[31malexnet: \u001b[0m" + message);
    assertThat(enter(Style.PLAIN, line).err()).startsWith("alexnet: " + message);
    assertThat(enter(Style.PLAIN, "network", "--preset=minni", "--color", "always").err())
        .startsWith("\u001b[31malexnet: \u001b[0m" + message);
    assertThat(enter(TERMINAL, "network", "--preset=minni", "--color=never").err())
        .startsWith("alexnet: " + message);
  }

  @Test
  void enter_anotherWordForColour_isRefused() {
    TypedLine typed = enter(Style.PLAIN, "network", "--color=sometimes");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err())
        .isEqualTo(
            "alexnet: Invalid value for option '--color': 'sometimes' is not one of auto, always, never\nSee 'alexnet network --help'.\n");
  }

  @Test
  void enter_json_hasNoColoursAndOneLine() {
    TypedLine typed = enter(TERMINAL, "network", "--json");

    OutputSchema.assertAllows(typed.out());
    assertThat(typed.out()).doesNotContain("\u001b");
  }

  @Test
  void enter_verbose_givesMessagesTheirTime() {
    TypedLine typed =
        enter(
            Style.PLAIN, "run", "--dry-run", "--verbose", "--workdir=" + directory.resolve("run"));

    assertThat(typed.err()).containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ Job ");
  }
}
