package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.inspection.InspectSettings;
import dev.alexnet.ops.inspection.Inspection;
import dev.alexnet.ops.inspection.Inspector;
import dev.alexnet.ops.inspection.LeakSearch;
import dev.alexnet.ops.inspection.Leaks;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "inspect",
    description = {
      "Shows what the directory of a dataset, a model, checkpoints, scores, features or a whole run holds, and verifies every byte. Damage is listed, and the exit code is then 65.",
      ""
    },
    customSynopsis = "alexnet inspect [OPTIONS] DIRECTORY%n",
    footer = {
      "  alexnet inspect --sheet train.png dataset/train",
      "  alexnet inspect --leaks dataset/validation dataset/train",
      "  alexnet inspect runs/default"
    })
final class InspectCommand implements Callable<Integer>, SettingsCommand {
  private final Console console;
  private final Inspector inspector;
  private final LeakSearch leakSearch;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  InspectCommand(Console console, Inspector inspector, LeakSearch leakSearch) {
    this.console = requireNonNull(console, "console is null");
    this.inspector = requireNonNull(inspector, "inspector is null");
    this.leakSearch = requireNonNull(leakSearch, "leakSearch is null");
  }

  @Override
  public SettingsDefinition<InspectSettings> definition() {
    return InspectSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    InspectSettings settings = SettingOptions.read(spec, definition());
    return settings.leaks() == null ? inspect(settings) : leaks(settings);
  }

  private int leaks(InspectSettings settings) {
    Leaks leaks;
    try (ProgressLine progress = console.progress("inspect")) {
      leaks =
          leakSearch.run(
              settings.leaks(),
              settings.directory(),
              settings.features(),
              settings.similarity(),
              progress);
    }
    if (output.isJson()) {
      console.out().println(Json.result(Map.of("command", "inspect", "result", leaks)));
    } else {
      console.result(leaks.text(console.screen()));
    }
    if (!leaks.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s and %s share images, see above. Errors on one are too low if the other was trained on: leave these images out of one, and convert it again"
              .formatted(settings.leaks(), settings.directory()));
    }
    return CommandLine.ExitCode.OK;
  }

  private int inspect(InspectSettings settings) {
    Inspection inspection;
    try (ProgressLine progress = console.progress("inspect")) {
      inspection = inspector.run(settings.directory(), settings.sheet(), progress);
    }
    if (settings.sheet() != null) {
      console.note("Wrote " + settings.sheet());
    }
    if (output.isJson()) {
      console.out().println(jsonOf(inspection));
    } else {
      console.result(textOf(inspection, console.screen()));
    }
    int count = inspection.findings().size();
    if (count > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s: %,d %s found, see above".formatted(settings.directory(), count, problems(count)));
    }
    return CommandLine.ExitCode.OK;
  }

  private static String problems(int count) {
    return count == 1 ? "problem was" : "problems were";
  }

  private static String jsonOf(Inspection inspection) {
    return Json.result(
        Map.of(
            "command", "inspect",
            "result", inspection.facts(),
            "findings", inspection.findings()));
  }

  private static String textOf(Inspection inspection, Screen screen) {
    if (inspection.findings().isEmpty()) {
      return inspection.text().apply(screen)
          + "\nEverything is intact: nothing is missing or changed.";
    }
    Table problems = new Table("file", "byte", "problem").numbers("byte");
    for (Finding finding : inspection.findings()) {
      String offset = finding.offset() == null ? "-" : finding.offset().toString();
      problems.row(finding.file(), offset, finding.problem());
    }
    return inspection.text().apply(screen) + "\n" + problems.on(screen).stripTrailing();
  }
}
