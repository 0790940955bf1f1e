package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.inspection.Inspection;
import dev.alexnet.ops.parsing.JsonOption;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = {
      "Says what the directory of a dataset, a model or checkpoints holds, and reads every byte of"
          + " it: all that is damaged is listed, and the exit code is then 65.",
      ""
    },
    customSynopsis = "alexnet inspect [OPTIONS] DIRECTORY%n",
    footer = "  alexnet inspect --sheet train.png dataset/train")
final class InspectCommand implements Callable<Integer> {
  private final Console console;
  private final ObjectStore store;

  @Parameters(
      paramLabel = "DIRECTORY",
      description = "Of a dataset, a model, a checkpoint, or several checkpoints.")
  private Location directory;

  @Option(
      names = "--sheet",
      description = "A PNG file to draw images of a dataset into, with the names of their classes.")
  private Location sheet;

  @Mixin private final JsonOption json = new JsonOption();

  @Inject
  InspectCommand(Console console, ObjectStore store) {
    this.console = requireNonNull(console, "console is null");
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  public Integer call() {
    if (sheet != null && !sheet.value().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new Failure(
          Failure.Kind.USAGE, "inspect: sheet is '" + sheet + "'; it must be the name of a .png");
    }
    Inspection inspection;
    try (ProgressLine progress = console.progress("inspect")) {
      inspection = Inspection.of(store, directory, sheet, progress);
    }
    if (sheet != null) {
      console.note("Wrote " + sheet);
    }
    console.out().println(json.isGiven() ? jsonOf(inspection) : textOf(inspection));
    int count = inspection.findings().size();
    if (count > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s: %,d %s found, see above".formatted(directory, count, problems(count)));
    }
    return CommandLine.ExitCode.OK;
  }

  private static String problems(int count) {
    return count == 1 ? "problem was" : "problems were";
  }

  private static String jsonOf(Inspection inspection) {
    return Json.line(
        Map.of(
            "command", "inspect",
            "result", inspection.facts(),
            "findings", inspection.findings()));
  }

  private static String textOf(Inspection inspection) {
    if (inspection.findings().isEmpty()) {
      return inspection.text() + "\nEverything verifies: nothing is missing, nothing has changed.";
    }
    Table problems = new Table("file", "byte", "problem");
    for (Finding finding : inspection.findings()) {
      String offset = finding.offset() == null ? "-" : finding.offset().toString();
      problems.row(finding.file(), offset, finding.problem());
    }
    return inspection.text() + "\n" + problems.toString().stripTrailing();
  }
}
