package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.storage.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The local paths among settings, which the workers of a service do not reach. */
final class LocalPlaces {
  /** Only the process that starts a job reads these. */
  private static final Set<String> NOT_FOR_WORKERS = Set.of("devkit");

  private LocalPlaces() {}

  /**
   * @throws Failure of kind USAGE that names all of them, if there are any
   */
  static void refuse(Settings settings, Engine engine) {
    List<String> local = new ArrayList<>();
    settings
        .places()
        .forEach(
            (name, places) -> {
              if (!NOT_FOR_WORKERS.contains(name)) {
                places.stream()
                    .filter(place -> !place.isCloud())
                    .map(Location::value)
                    .forEach(path -> local.add("--" + name + "=" + path));
              }
            });
    if (!local.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s's workers do not reach the disk of this machine: %s. Copy inputs to a bucket with 'gcloud storage cp -r', and give gs:// locations"
              .formatted(engine.title(), String.join(", ", local)));
    }
  }
}
