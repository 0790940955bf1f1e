package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A setting means the same on the command line, in a job file and as a pipeline's argument. */
class SettingsAgreementTest {
  private static final Injector INJECTOR = TypedLine.injector();

  /** Values that are not the default, for settings that do not take any word or number. */
  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry("operations", "flip"),
          Map.entry("preset", "mini"),
          Map.entry("run", "first"),
          Map.entry("attempt", "7"),
          Map.entry("without", "lrn"),
          Map.entry("devices", "cpu:0,cpu:1"),
          Map.entry("freeze", "conv1"),
          Map.entry("rates", "conv1=2.0"),
          Map.entry("initial-layers", "conv2"),
          Map.entry("sheet", "sheet.png"),
          Map.entry("zones", "us-central1-b,us-central1-a"),
          Map.entry("max-hours", "1.5"),
          Map.entry("max-cost", "20"),
          Map.entry("image", "place/image@sha256:" + "0".repeat(64)),
          Map.entry("views", "10"),
          Map.entry("checkpoint-steps", "20"),
          Map.entry("seed", "-3"),
          Map.entry("cache", "7G"),
          Map.entry("part-size", "60M"),
          Map.entry("learning-rate", "0.25"),
          Map.entry("momentum", "0.5"),
          Map.entry("checkpoint", "20"),
          Map.entry("weight-decay", "0.001"),
          Map.entry("similarity", "0.5"),
          Map.entry("training-error", "30.0"),
          Map.entry("arithmetic", "none"));

  /** Sections of a job file with the required settings that the job does not decide. */
  private static final Map<String, String> SECTIONS =
      Map.of(
          "synth", "synth:\n",
          "convert", "convert:\n  input: there\n",
          "augment", "augment:\n  data: there\n",
          "train", "train:\n  data: there\n  epochs: 1\n",
          "score", "score:\n  data: there\n  model: there\n",
          "similar", "similar:\n  data: there\n  model: there\n  query: there\n",
          "report", "report:\n  scores: there\n");

  private static final Map<String, String> LISTS =
      Map.of("weights", "1.0", "top", "7", "format", "tfrecord", "provisioning", "flex-start");

  /** Outputs, the split of each conversion, and that it is carried out. */
  private static final Set<String> DECIDED_BY_THE_JOB =
      Set.of("output", "workdir", "split", "dry-run");

  private static SettingsCommand command(Class<?> type) {
    return (SettingsCommand) INJECTOR.getInstance(type);
  }

  private static Stream<SettingsDefinition<?>> definitions() {
    return Commands.ALL.stream().map(type -> command(type).definition());
  }

  static Stream<Arguments> settings() {
    return Commands.ALL.stream()
        .flatMap(
            type ->
                command(type).definition().settings().stream()
                    .map(setting -> Arguments.of(type, setting)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("settings")
  void settings_typedAndAsArguments_agree(Class<?> type, Setting<?> setting) {
    SettingsCommand command = command(type);
    List<String> arguments = arguments(command.definition(), setting);
    assertThat(outcome(() -> typed(command, arguments)))
        .isEqualTo(outcome(() -> command.definition().parse(arguments, new ArrayList<>())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("settingsOfSections")
  void settings_inAJobFile_agreeWithArguments(Class<?> type, Setting<?> setting) {
    SettingsDefinition<?> definition = command(type).definition();
    String section = SECTIONS.get(definition.name());
    String value = sample(setting);
    List<String> arguments = new ArrayList<>();
    section.lines().skip(1).forEach(line -> arguments.add("--" + line.strip().replace(": ", "=")));
    arguments.add("--" + setting.name() + "=" + value);
    // What the job decides itself.
    definition.settings().stream()
        .filter(one -> one.isRequired() || one.name().equals("output"))
        .filter(one -> !isGiven(one, arguments))
        .forEach(one -> arguments.add("--" + one.name() + "=made"));
    Object outcome = outcome(() -> definition.parse(arguments, new ArrayList<>()));
    String planned = planned(section + "  " + setting.name() + ": '" + value + "'\n", setting);
    if (outcome instanceof String refusal) {
      assertThat(planned).contains(refusal);
    } else {
      assertThat(planned).isEqualTo(value);
    }
  }

  static Stream<Arguments> settingsOfSections() {
    return settings()
        .filter(
            arguments -> {
              Setting<?> setting = (Setting<?>) arguments.get()[1];
              String section =
                  SECTIONS.get(command((Class<?>) arguments.get()[0]).definition().name());
              return section != null
                  && !section.contains("  " + setting.name() + ":")
                  && !DECIDED_BY_THE_JOB.contains(setting.name());
            });
  }

  /** The value of a setting in the first step that a job file asks for, or why it is refused. */
  private static String planned(String yaml, Setting<?> setting) {
    try {
      List<JobStep> steps =
          INJECTOR
              .getInstance(JobPlanner.class)
              .plan(
                  JobFile.read(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml"),
                  "job.yaml",
                  new Location("run"),
                  Map.of());
      return steps.get(0).settings().stream()
          .filter(one -> one.name().equals(setting.name()))
          .findFirst()
          .orElseThrow()
          .value();
    } catch (Failure e) {
      return e.getMessage();
    }
  }

  private static List<String> arguments(SettingsDefinition<?> definition, Setting<?> setting) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--" + setting.name() + "=" + sample(setting));
    definition.settings().stream()
        .filter(one -> one.isRequired() && !isGiven(one, arguments))
        .forEach(one -> arguments.add("--" + one.name() + "=" + sample(one)));
    return arguments;
  }

  private static boolean isGiven(Setting<?> setting, List<String> arguments) {
    return arguments.stream().anyMatch(each -> each.startsWith("--" + setting.name() + "="));
  }

  private static String sample(Setting<?> setting) {
    if (SAMPLES.containsKey(setting.name())) {
      return SAMPLES.get(setting.name());
    }
    Object usual = setting.defaultValue();
    if (usual instanceof Enum<?> constant) {
      Object[] constants = constant.getDeclaringClass().getEnumConstants();
      return SettingType.word((Enum<?>) constants[constants.length - 1]);
    }
    if (usual instanceof Boolean) {
      return "true";
    }
    if (usual instanceof Double number) {
      return String.valueOf(number + 1);
    }
    if (usual instanceof Number number) {
      return String.valueOf(number.longValue() + 1);
    }
    return usual instanceof List<?> ? LISTS.getOrDefault(setting.name(), "there") : "elsewhere.png";
  }

  private static Settings typed(SettingsCommand command, List<String> arguments) {
    CommandLine line = CommandLines.of(new CommandLine(command));
    String[] words =
        arguments.stream()
            .map(each -> isPositional(command, each) ? each.substring(each.indexOf('=') + 1) : each)
            .toArray(String[]::new);
    assertThat(line.parseArgs(words).errors()).isEmpty();
    return SettingOptions.read(line.getCommandSpec(), command.definition());
  }

  private static boolean isPositional(SettingsCommand command, String argument) {
    return command.definition().settings().stream()
        .anyMatch(one -> one.isPositional() && argument.startsWith("--" + one.name() + "="));
  }

  /** Settings, or the message that refuses them. */
  private static Object outcome(Supplier<Settings> settings) {
    try {
      return settings.get();
    } catch (Failure e) {
      return e.getMessage();
    }
  }

  @Test
  void settings_ofOneMeaning_areDefinedOnce() {
    Map<String, Setting<?>> byMeaning = new HashMap<>();
    definitions()
        .flatMap(definition -> definition.settings().stream())
        // Each command has its own inputs and outputs, whatever their names.
        .filter(setting -> !setting.type().holdsLocations())
        .forEach(
            setting -> {
              String meaning = setting.name() + ": " + setting.description();
              assertThat(byMeaning.computeIfAbsent(meaning, key -> setting)).isSameAs(setting);
            });
    assertThat(byMeaning).hasSizeGreaterThan(50);
  }

  @Test
  void options_ofEveryCommand_areSettingsButForHelpAndJson() {
    for (Class<?> type : Commands.ALL) {
      SettingsCommand command = command(type);
      CommandLine line = CommandLines.of(new CommandLine(command));
      List<String> names = new ArrayList<>();
      command.definition().settings().stream()
          .filter(setting -> !setting.isPositional())
          .forEach(setting -> names.add("--" + setting.name()));
      names.addAll(List.of("--color", "--json", "--verbose", "--quiet", "--help"));
      assertThat(line.getCommandSpec().options())
          .extracting(OptionSpec::longestName)
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }
}
