package dev.alexnet.ops.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Every command, in the order in which the help shows them. */
public final class Commands {
  static final List<Class<?>> ALL =
      List.of(
          RunCommand.class,
          LaunchCommand.class,
          SynthCommand.class,
          ConvertCommand.class,
          AugmentCommand.class,
          TrainCommand.class,
          ExportCommand.class,
          ScoreCommand.class,
          EvaluateCommand.class,
          FeaturesCommand.class,
          SimilarCommand.class,
          FiltersCommand.class,
          ReportCommand.class,
          CompareCommand.class,
          PredictCommand.class,
          InspectCommand.class,
          NetworkCommand.class,
          StatusCommand.class,
          LogsCommand.class,
          CancelCommand.class,
          DoctorCommand.class,
          BenchmarkCommand.class,
          BundleCommand.class);

  private Commands() {}

  /** {@code alexnet} with its commands, which the factory makes. */
  public static CommandLine under(IFactory factory) {
    CommandLine root = new CommandLine(Alexnet.class, factory);
    ALL.forEach(root::addSubcommand);
    return root;
  }
}
