package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.model.training.benchmark.BenchmarkResult;
import dev.alexnet.model.training.benchmark.BenchmarkSettings;
import dev.alexnet.model.training.benchmark.TrainingBenchmark;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "benchmark",
    description = {
      "Measures the speed of training, in images per second and relative to the speed of a matrix product.",
      ""
    },
    customSynopsis = "alexnet benchmark [OPTIONS]%n",
    footer = "  alexnet benchmark --precision bf16 --devices gpu:0,gpu:1 --json")
final class BenchmarkCommand extends StepCommand<BenchmarkSettings> {
  private final TrainingBenchmark benchmark;

  @Inject
  BenchmarkCommand(Console console, TrainingBenchmark benchmark) {
    super(console);
    this.benchmark = requireNonNull(benchmark, "benchmark is null");
  }

  @Override
  public SettingsDefinition<BenchmarkSettings> definition() {
    return BenchmarkSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    BenchmarkResult result = benchmark.run(settings(), this::note);
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "%s, batch %d, %s on %s, %s input: %,.1f images/s, %,.0f GFLOP/s, %.0f %% of the %,.0f"
                + " of a matrix product",
            result.preset(),
            result.batch(),
            result.precision(),
            result.devices(),
            result.input(),
            result.imagesPerSecond(),
            result.gigaflops(),
            100 * result.shareOfPeak(),
            result.peakGigaflops()),
        result);
  }
}
