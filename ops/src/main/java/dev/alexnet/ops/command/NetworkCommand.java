package dev.alexnet.ops.command;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.LayerProfile;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.ProfileSettings;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.StepOutcome;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "network",
    description = {"Shows a network's layers, parameters, work and traffic between devices.", ""},
    customSynopsis = "alexnet network [OPTIONS]%n",
    footer = "  alexnet network --preset published --without conv4")
final class NetworkCommand extends StepCommand<ProfileSettings> {
  private static final double MEBI = 1024 * 1024;

  @Inject
  NetworkCommand(Console console) {
    super(console);
  }

  @Override
  public SettingsDefinition<ProfileSettings> definition() {
    return ProfileSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    AlexNetSpec spec = settings().network();
    NetworkProfile profile = NetworkProfile.of(spec, settings().classes());
    Facts facts =
        new Facts(
            spec.name(),
            spec.description(),
            spec.towers(),
            spec.biasRate(),
            constants(spec),
            profile.layers(),
            profile.parameters(),
            profile.parameters()
                - NetworkProfile.of(settings().preset(), settings().classes()).parameters(),
            profile.neurons(),
            profile.multiplyAdds(),
            profile.trainingOperations(),
            profile.crossingBytes(settings().batch()));
    return StepOutcome.of(
        screen -> spec.description() + "\n\n" + table(spec, profile).on(screen) + summary(facts),
        facts);
  }

  private static Table table(AlexNetSpec spec, NetworkProfile profile) {
    Table table =
        new Table(
                "Layer", "Constants", "Output", "Parameters", "Multiply-adds", "Crossing, one way")
            .numbers("Parameters", "Multiply-adds", "Crossing, one way");
    for (int i = 0; i < profile.layers().size(); i++) {
      LayerProfile layer = profile.layers().get(i);
      table.row(
          layer.name(),
          spec.layers().get(i).constants(),
          String.format(Locale.ROOT, "%d x %d x %d", layer.side(), layer.side(), layer.maps()),
          count(layer.parameters()),
          count(layer.multiplyAdds()),
          count(layer.crossingValues()));
    }
    return table;
  }

  private static Map<String, String> constants(AlexNetSpec spec) {
    Map<String, String> constants = new LinkedHashMap<>();
    spec.layers().forEach(layer -> constants.put(layer.name(), layer.constants()));
    return constants;
  }

  private static String count(long value) {
    return value == 0 ? "-" : String.format(Locale.ROOT, "%,d", value);
  }

  private String summary(Facts facts) {
    return String.format(
        Locale.ROOT,
        "%n%s: %,d parameters (%.1f MiB), %,d neurons, %.3f GFLOP per image and training step,"
            + " %.1f MiB between devices per step of %,d images; biases start at %.0f x the learning rate of weights%s",
        facts.network(),
        facts.parameters(),
        facts.parameters() * Float.BYTES / MEBI,
        facts.neurons(),
        facts.trainingOperations() / 1e9,
        facts.crossingBytes() / MEBI,
        settings().batch(),
        facts.biasRate(),
        change(facts));
  }

  private String change(Facts facts) {
    long more = facts.parametersMoreThanPreset();
    String preset = settings().preset().name();
    if (facts.network().equals(preset)) {
      return "";
    }
    return more == 0
        ? String.format(Locale.ROOT, "; as many parameters as %s", preset)
        : String.format(
            Locale.ROOT,
            "; %,d parameters (%.1f %%) %s than %s",
            Math.abs(more),
            100.0 * Math.abs(more) / (facts.parameters() - more),
            more > 0 ? "more" : "fewer",
            preset);
  }

  private record Facts(
      String network,
      String description,
      int towers,
      double biasRate,
      Map<String, String> constants,
      List<LayerProfile> layers,
      long parameters,
      long parametersMoreThanPreset,
      long neurons,
      long multiplyAdds,
      long trainingOperations,
      long crossingBytes) {}
}
