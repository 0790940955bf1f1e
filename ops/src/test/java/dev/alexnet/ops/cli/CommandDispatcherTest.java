package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.ops.command.Commands;
import dev.alexnet.ops.parsing.CommandLines;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandDispatcherTest {
  static Stream<String> commands() {
    return root().getSubcommands().keySet().stream();
  }

  private static CommandLine root() {
    return CommandLines.of(Commands.under(new GuiceFactory(TypedLine.injector())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void enter_helpOfCommand_showsItsUseWithAnExample(String command) {
    TypedLine typed = TypedLine.enter(command, "--help");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .startsWith("Usage: alexnet " + command + " ")
        .contains("\nExample:\n  alexnet " + command + " --")
        .contains("--json", "--help")
        .doesNotContain("null")
        .doesNotContainPattern("Default: *\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void footer_ofCommand_usesOnlyItsOptions(String command) {
    CommandSpec spec = root().getSubcommands().get(command).getCommandSpec();
    List<String> options = spec.options().stream().map(OptionSpec::longestName).toList();

    assertThat(String.join(" ", spec.usageMessage().footer()).split(" "))
        .filteredOn(word -> word.startsWith("--"))
        .isSubsetOf(options);
  }

  /** The help wraps lines to its width; a line break in a description would break them twice. */
  @Test
  void options_description_isOneParagraph() {
    List<OptionSpec> options =
        root().getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .toList();

    assertThat(options).hasSizeGreaterThan(60);
    assertThat(options)
        .allSatisfy(
            option ->
                assertThat(String.join("\n", option.description()))
                    .as(option.longestName())
                    .isNotBlank()
                    .doesNotContain("\n"));
  }

  @Test
  void enter_help_listsTheCommands() {
    TypedLine typed = TypedLine.enter("--help");

    assertThat(typed.exitCode()).isZero();
    assertThat(commands()).allSatisfy(name -> assertThat(typed.out()).contains("\n  " + name));
  }

  @Test
  void enter_helpOfConvert_showsDefaults() {
    assertThat(TypedLine.enter("convert", "--help").out())
        .contains(
            "Height and width of the images in pixels.\n                             Default: 256\n");
  }

  @Test
  void enter_version_showsOne() {
    TypedLine typed = TypedLine.enter("--version");

    assertThat(typed).isEqualTo(new TypedLine(0, "alexnet (not packaged)\n", ""));
  }

  @Test
  void enter_nothing_showsTheHelpAsAnError() {
    assertThat(TypedLine.enter()).isEqualTo(new TypedLine(64, "", TypedLine.enter("--help").out()));
  }

  @Test
  void enter_onlyOptions_asksForACommand() {
    TypedLine typed = TypedLine.enter("--typo");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).startsWith("alexnet: unknown option '--typo'");
  }

  @Test
  void enter_helpCommand_showsTheSameAsTheOption() {
    assertThat(TypedLine.enter("help")).isEqualTo(TypedLine.enter("--help"));
    assertThat(TypedLine.enter("help", "train")).isEqualTo(TypedLine.enter("train", "--help"));
  }

  @Test
  void enter_helpInATerminalOf80Columns_fitsBreaksNoWordAndMarksRequiredOptions() {
    assertThat(commands())
        .allSatisfy(
            name ->
                assertThat(TypedLine.enter(name, "--help").out().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80)));
    assertThat(TypedLine.enter("train", "--help").out())
        .contains("\nOptions marked * are required.\n", "\n*     --data=PATH ")
        .contains(" gpu:0/2 for two halves")
        .contains("\n  -h, --help ");
  }

  @Test
  void enter_wrongCommand_suggestsTheNearest() {
    assertThat(TypedLine.enter("convrt", "--size", "4"))
        .isEqualTo(
            new TypedLine(
                64,
                "",
                """
                alexnet: unknown command 'convrt'; did you mean 'convert'?
                See 'alexnet --help'.
                """));
  }

  @Test
  void enter_severalWrongOptions_reportsAllAtOnce() {
    assertThat(TypedLine.enter("convert", "--inptu", "a", "--output=s3://b", "--size", "x", "y"))
        .isEqualTo(
            new TypedLine(
                64,
                "",
                """
                alexnet: 4 problems:
                  unknown option '--inptu'; did you mean '--input'?
                  'y' is not expected; options start with '--'
                  Invalid value for option '--output': 's3://b' has the scheme 's3'; a location is \
                a local path or gs://bucket/key
                  Invalid value for option '--size': 'x' is not a whole number
                See 'alexnet convert --help'.
                """));
  }

  @Test
  void help_train_showsItsOptionsInGroupsAndEachOnce() {
    String help = TypedLine.enter("train", "--help").out();

    assertThat(help.lines().filter(line -> line.matches("[A-Z][^.]*:")))
        .containsExactly(
            "Network and devices:",
            "Learning:",
            "Start and checkpoints:",
            "Data on gs://:",
            "Checks:",
            "Output:",
            "Example:");
    List<String> options =
        help.lines()
            .takeWhile(line -> !line.equals("Example:"))
            .filter(line -> line.matches("[* ] {5}--.*|  -h.*"))
            .map(line -> line.replaceAll("^[* ]*(?:-h, )?(--[a-z0-9-]+).*", "$1"))
            .toList();
    assertThat(options)
        .doesNotHaveDuplicates()
        .contains("--data", "--preset", "--weight-decay", "--json", "--help");
    assertThat(options).hasSize(TrainingSettings.DEFINITION.settings().size() + 5);
  }

  @Test
  void help_requiredParameter_isExplainedBeforeIt() {
    assertThat(TypedLine.enter("predict", "--help").out())
        .contains("\nWhat is marked * is required.\n\n*     FILE|FOLDER...");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_placeholders_sayWhatIsMeant(String command) {
    assertThat(TypedLine.enter(command, "--help").out()).doesNotContain("=TEXT");
  }

  @Test
  void enter_jsonAndWrongOption_writesTheFailureToStandardOutputToo() {
    TypedLine typed = TypedLine.enter("inspect", "--json", "--sheets=x", "there");

    assertThat(typed.out())
        .isEqualTo(
            """
            {"error":{"code":64,"kind":"usage","message":"unknown option '--sheets'; did you mean '--sheet'?\\nSee 'alexnet inspect --help'."}}
            """);
    assertThat(typed.exitCode()).isEqualTo(64);
  }

  @Test
  void enter_severalMissing_listsThemOnce() {
    assertUsage(
        "score --views 3 --batch x",
        """
        alexnet: 3 problems:
          Invalid value for option '--views': '3'; it must be 1 or 10
          Invalid value for option '--batch': 'x' is not a whole number
          Missing: --data=PATH, --model=PATH, --output=PATH
        See 'alexnet score --help'.
        """);
  }

  @Test
  void enter_optionWithoutItsValue_isNotMissedTwice() {
    assertUsage(
        "score --modle x --output y --data",
        """
        alexnet: 2 problems:
          unknown option '--modle'; did you mean '--model'?
          option '--data' needs a value, PATH
        See 'alexnet score --help'.
        """);
  }

  @Test
  void enter_wrongRun_isToldAloneAndOnce() {
    String rule =
        "it must be 1 to 40 lower-case letters, digits and hyphens, start with a letter, and not end with a hyphen";
    assertUsage(
        "launch First",
        "alexnet: Invalid value for RUN: 'First'; " + rule + "\nSee 'alexnet launch --help'.\n");
    assertUsage(
        "logs A",
        "alexnet: Invalid value for RUN: 'A'; " + rule + "\nSee 'alexnet logs --help'.\n");
  }

  @Test
  void enter_withoutRun_isMissed() {
    assertUsage("cancel", "alexnet: Missing: RUN\nSee 'alexnet cancel --help'.\n");
  }

  @Test
  void enter_oneWordTooMany_isToldWithWhatIsExpected() {
    assertUsage(
        "logs a b",
        "alexnet: 'b' is not expected; one RUN is enough, and options start with '--'\nSee 'alexnet logs --help'.\n");
  }

  @Test
  void enter_wrongNameOfAClosedChoice_isToldWithAllOthers() {
    assertUsage(
        "train --data d --workdir w --preset minni --schedule epoch",
        """
        alexnet: 2 problems:
          Invalid value for option '--preset': 'minni'; did you mean 'mini'?
          Invalid value for option '--schedule': 'epoch'; did you mean 'epochs'?
        See 'alexnet train --help'.
        """);
  }

  private static void assertUsage(String line, String message) {
    assertThat(TypedLine.enter(line.split(" "))).isEqualTo(new TypedLine(64, "", message));
  }

  @Test
  void enter_wrongValues_reportsAllOfTheSettings() {
    TypedLine typed =
        TypedLine.enter("convert", "--input=a", "--output=b", "--split=trian", "--quality=0");

    assertThat(typed)
        .isEqualTo(
            new TypedLine(
                64,
                "",
                """
                alexnet: 2 problems:
                  Invalid value for option '--split': 'trian'; did you mean 'train'?
                  Invalid value for option '--quality': '0'; it must be 1 to 100
                See 'alexnet convert --help'.
                """));
  }

  @Test
  void enter_unknownRunnerOption_isRefused() {
    TypedLine typed =
        TypedLine.enter("convert", "--input=a", "--output=b", "--", "--targetParalelism=2");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .startsWith("alexnet: Beam rejected the options after '--': ")
        .endsWith("Did you mean 'targetParallelism'?\n");
  }

  @Test
  void enter_helpOfRunner_showsBeamsOptions() {
    TypedLine typed = TypedLine.enter("run", "--", "--help");

    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).contains("org.apache.beam.runners.direct.DirectOptions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"network --json", "network", "--help", "convert --help"})
  void run_outputCannotBeWritten_endsWith74(String line) {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    TypedLine typed = TypedLine.enterWith(full, line.split(" "));

    assertThat(typed.exitCode()).isEqualTo(74);
    assertThat(typed.err())
        .endsWith(
            "alexnet: The result could not be written to standard output. The disk may be full, or"
                + " the program that reads it has ended; the work itself is done\n");
  }

  @Test
  void enter_missingJobFile_namesIt() {
    TypedLine typed = TypedLine.enter("run", "--config", "absent/job.yaml");

    assertThat(typed.exitCode()).isEqualTo(66);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .startsWith("alexnet: Cannot read absent/job.yaml: it does not exist")
        .hasLineCount(1);
  }
}
