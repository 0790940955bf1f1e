package dev.alexnet.ops.launch;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Plans of launches in an environment that offers every profile. */
public final class PlannedLaunches {
  public static final String IMAGE =
      "us-central1-docker.pkg.dev/my-project/alexnet-dev/alexnet-gpu@sha256:"
          + "0123456789abcdef".repeat(4);

  private PlannedLaunches() {}

  public static EnvironmentContract contract() {
    return EnvironmentContract.read(resource("environment.json"), "environment.json");
  }

  public static byte[] resource(String name) {
    try (InputStream in = PlannedLaunches.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same environment with machines whose prices are not known. */
  static EnvironmentContract contractWithoutPrices() {
    String priced = new String(resource("environment.json"), StandardCharsets.UTF_8);
    return EnvironmentContract.read(
        priced.replaceAll("\"hourly_price\": [^}]*},", "").getBytes(StandardCharsets.UTF_8),
        "environment.json");
  }

  /** The run {@code first} with one more setting. */
  static <T> LaunchSettings settings(Setting<T> setting, T value) {
    return LaunchSettings.builder()
        .set(LaunchSettings.RUN, "first")
        .set(LaunchSettings.IMAGE, IMAGE)
        .set(setting, value)
        .build();
  }

  /** The run {@code first}, with further settings. */
  public static LaunchPlan plan(UnaryOperator<SettingsBuilder<LaunchSettings>> further) {
    SettingsBuilder<LaunchSettings> settings =
        LaunchSettings.builder().set(LaunchSettings.RUN, "first").set(LaunchSettings.IMAGE, IMAGE);
    return LaunchPlan.of(contract(), further.apply(settings).build());
  }
}
