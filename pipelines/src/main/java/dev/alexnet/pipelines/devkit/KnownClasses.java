package dev.alexnet.pipelines.devkit;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Labels;

/**
 * All classes of a published set, whichever of them the source has pictures of.
 *
 * @param kind what lists them, such as "devkit"
 * @param location the file or folder that lists them
 */
public record KnownClasses(String kind, Location location, Labels labels) {
  public KnownClasses {
    requireNonNull(kind, "kind is null");
    requireNonNull(location, "location is null");
    requireNonNull(labels, "labels is null");
  }

  public static KnownClasses of(Devkit devkit) {
    return new KnownClasses("devkit", devkit.location(), devkit.labels());
  }

  public boolean contains(String wnid) {
    return labels.labelOf(wnid).isPresent();
  }
}
