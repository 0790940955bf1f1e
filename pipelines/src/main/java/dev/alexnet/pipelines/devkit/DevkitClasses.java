package dev.alexnet.pipelines.devkit;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The classes of a year's devkit by the ids that submissions and ground truths use.
 *
 * @param title of the release, such as {@code ILSVRC2010}
 * @param byId the classes by id; ids start at 1 and are not labels
 * @param costs the costs of wrong guesses, if the devkit has them
 */
public record DevkitClasses(
    String title, SortedMap<Integer, ClassLabel> byId, Optional<CostMatrix> costs) {
  public DevkitClasses {
    byId = Collections.unmodifiableSortedMap(byId);
  }

  /**
   * @param devkit its archive, the folder that it unpacks to, or the {@code meta.mat} in it
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if it does not exist, BAD_DATA
   *     if it is not a devkit
   */
  public static DevkitClasses read(ObjectStore store, Location devkit) {
    DevkitFiles files = DevkitFiles.read(store, devkit);
    MetaFile meta =
        MetaFile.read(
            files.file(DevkitFiles.META), IlsvrcRelease.ALL, files.nameOf(DevkitFiles.META));
    return new DevkitClasses(meta.release().title(), meta.classes(), meta.costs());
  }
}
