package dev.alexnet.ops.cli;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.LayerProfile;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.Presets;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.StepOutcome;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "network",
    description = {"Shows a network's layers, parameters, work and traffic between devices.", ""},
    customSynopsis = "alexnet network [OPTIONS]%n",
    footer = "  alexnet network --preset published --without conv4")
final class NetworkCommand extends StepCommand {
  private static final double MEBI = 1024 * 1024;

  @Option(
      names = "--preset",
      defaultValue = "published",
      description = "The network: published, paper-text, half, conv6 or mini.")
  private String preset;

  @Option(
      names = "--without",
      defaultValue = "",
      description = "Parts to leave out, by commas: conv3, conv4, conv5, lrn.")
  private String without;

  @Option(names = "--classes", defaultValue = "1000", description = "Units of the last layer.")
  private int classes;

  @Option(names = "--batch", defaultValue = "128", description = "Images a step.")
  private int batch;

  @Inject
  NetworkCommand(Console console) {
    super(console);
  }

  @Override
  NetworkSettings settings() {
    return new NetworkSettings(Presets.named(preset, without), classes, batch);
  }

  @Override
  StepOutcome run(Progress progress) {
    AlexNetSpec spec = settings().spec();
    NetworkProfile profile = NetworkProfile.of(spec, classes);
    Facts facts =
        new Facts(
            spec.name(),
            spec.description(),
            spec.towers(),
            profile.layers(),
            profile.parameters(),
            profile.neurons(),
            profile.multiplyAdds(),
            profile.trainingOperations(),
            profile.crossingBytes(batch));
    return StepOutcome.of(spec.description() + "\n\n" + table(profile) + summary(facts), facts);
  }

  private static Table table(NetworkProfile profile) {
    Table table = new Table("Layer", "Output", "Parameters", "Multiply-adds", "Crossing, one way");
    for (LayerProfile layer : profile.layers()) {
      table.row(
          layer.name(),
          String.format(Locale.ROOT, "%d x %d x %d", layer.side(), layer.side(), layer.maps()),
          count(layer.parameters()),
          count(layer.multiplyAdds()),
          count(layer.crossingValues()));
    }
    return table;
  }

  private static String count(long value) {
    return value == 0 ? "-" : String.format(Locale.ROOT, "%,d", value);
  }

  private String summary(Facts facts) {
    return String.format(
        Locale.ROOT,
        "%n%s: %,d parameters (%.1f MiB), %,d neurons, %.3f GFLOP an image and training step,"
            + " %.1f MiB between devices a step of %,d images",
        facts.network(),
        facts.parameters(),
        facts.parameters() * Float.BYTES / MEBI,
        facts.neurons(),
        facts.trainingOperations() / 1e9,
        facts.crossingBytes() / MEBI,
        batch);
  }

  private record NetworkSettings(AlexNetSpec spec, int classes, int batch) {
    NetworkSettings {
      new Problems("network")
          .require(classes >= 1, "classes is %s; it must be at least 1", classes)
          .require(batch >= 1, "batch is %s; it must be at least 1", batch)
          .throwIfAny();
    }
  }

  private record Facts(
      String network,
      String description,
      int towers,
      List<LayerProfile> layers,
      long parameters,
      long neurons,
      long multiplyAdds,
      long trainingOperations,
      long crossingBytes) {}
}
