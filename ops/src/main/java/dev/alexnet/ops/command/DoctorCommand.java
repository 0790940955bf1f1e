package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.doctor.Check;
import dev.alexnet.ops.doctor.Diagnosis;
import dev.alexnet.ops.doctor.Doctor;
import dev.alexnet.ops.doctor.DoctorSettings;
import dev.alexnet.ops.kernel.KernelTable;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Checks the machine, the pictures and the cloud environment before a long run,"
          + " and says what to do next. The exit code is that of the first problem.",
      ""
    },
    customSynopsis = "alexnet doctor [OPTIONS]%n",
    footer = "  alexnet doctor --input imagenet --output dataset --require-gpus 2")
final class DoctorCommand implements Callable<Integer>, SettingsCommand {
  private final Console console;
  private final Doctor doctor;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  DoctorCommand(Console console, Doctor doctor) {
    this.console = requireNonNull(console, "console is null");
    this.doctor = requireNonNull(doctor, "doctor is null");
  }

  @Override
  public SettingsDefinition<DoctorSettings> definition() {
    return DoctorSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    DoctorSettings settings = SettingOptions.read(spec, definition());
    Diagnosis diagnosis;
    try (ProgressLine progress = console.progress("doctor")) {
      diagnosis = doctor.run(settings, progress);
    }
    if (output.isJson()) {
      console.out().println(jsonOf(diagnosis));
    } else {
      console.result(textOf(diagnosis, settings, console.screen()));
    }
    List<Check> problems = diagnosis.problems();
    if (!problems.isEmpty()) {
      throw new Failure(
          problems.get(0).problem(),
          problems.size() + (problems.size() == 1 ? " problem" : " problems") + ", see above");
    }
    return CommandLine.ExitCode.OK;
  }

  private static String jsonOf(Diagnosis diagnosis) {
    return Json.result(Map.of("command", "doctor", "result", diagnosis));
  }

  private static String textOf(Diagnosis diagnosis, DoctorSettings settings, Screen screen) {
    Table table = new Table("what", "state", "finding");
    for (Check check : diagnosis.checks()) {
      table.row(check.subject(), check.isGood() ? "good" : "wrong", check.finding());
    }
    StringBuilder text = new StringBuilder(table.on(screen));
    boolean wrong = diagnosis.kernels().stream().anyMatch(kernel -> !kernel.isUsual());
    if (wrong || settings.arithmetic() == DoctorSettings.Arithmetic.TABLE) {
      text.append('\n').append(KernelTable.of(diagnosis.kernels(), screen));
    }
    if (!diagnosis.nextSteps().isEmpty()) {
      text.append("\nNext:\n");
      diagnosis.nextSteps().forEach(step -> text.append("  ").append(step).append('\n'));
    }
    return text.toString().stripTrailing();
  }
}
