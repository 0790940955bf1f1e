package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.PlannedLaunches;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.parsing.SettingOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The machine is told what to do in words that this program understands. */
class LaunchedCommandLineTest {

  private static RunSettings parsed(LaunchPlan plan) {
    List<String> words =
        plan.firstJob()
            .getTaskGroups(0)
            .getTaskSpec()
            .getRunnables(1)
            .getContainer()
            .getCommandsList();
    CommandLine line = CommandLines.of(Commands.under(TypedLine.factory(TypedLine.injector())));

    ParseResult parsed = line.parseArgs(words.toArray(String[]::new)).subcommand();

    assertThat(parsed.errors()).isEmpty();
    assertThat(parsed.commandSpec().name()).isEqualTo("run");
    return SettingOptions.read(parsed.commandSpec(), RunSettings.DEFINITION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"l4", "t4", "a100", "a100-80"})
  void words_ofTheContainer_areThoseOfTheRealCommandLine(String profile) {
    RunSettings settings =
        parsed(PlannedLaunches.plan(all -> all.set(LaunchSettings.PROFILE, profile)));

    Location workdir = new Location("gs://my-project-alexnet-dev-runs/first");
    assertThat(settings.config()).isEqualTo(workdir.resolve("launch/job.yaml"));
    assertThat(settings.workdir()).isEqualTo(workdir);
    assertThat(settings.attempt()).isEqualTo("alexnet-first-1");
    assertThat(settings.ofMachine())
        .isEqualTo(Map.of("require-gpus", "2", "scratch", "/mnt/disks/scratch/alexnet"));
  }

  @Test
  void words_deterministic_areThoseOfTheRealCommandLine() {
    RunSettings settings =
        parsed(PlannedLaunches.plan(all -> all.set(LaunchSettings.DETERMINISTIC, true)));

    assertThat(settings.ofMachine()).containsEntry("deterministic", "true").hasSize(3);
  }
}
