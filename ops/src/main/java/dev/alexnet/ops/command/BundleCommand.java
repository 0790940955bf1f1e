package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.bundle.Bundle;
import dev.alexnet.ops.bundle.BundleSettings;
import dev.alexnet.ops.bundle.Bundler;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "bundle",
    description = {
      "Packs this program with a Java of its own, in parts, for a Linux machine without network, Java or Maven."
          + " There, 'sh join' compares the parts and unpacks them.",
      ""
    },
    customSynopsis = "alexnet bundle (--gpu | --cpu) [OPTIONS]%n",
    footer = "  alexnet bundle --gpu --output /media/usb --part-size 60M")
final class BundleCommand extends StepCommand<BundleSettings> {
  private final Bundler bundler;

  @Inject
  BundleCommand(Console console, Bundler bundler) {
    super(console);
    this.bundler = requireNonNull(bundler, "bundler is null");
  }

  @Override
  public SettingsDefinition<BundleSettings> definition() {
    return BundleSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    Bundle bundle = bundler.run(settings(), progress);
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "%s in %,d %s at %s, which 'sh join' there unpacks",
            bundle.name(),
            bundle.parts(),
            bundle.parts() == 1 ? "part" : "parts",
            bundle.directory()),
        bundle);
  }
}
