package dev.alexnet.pipelines.devkit;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The classes of a year's devkit by the ids that submissions and ground truths are written in.
 *
 * @param title of the year, such as {@code ILSVRC2010}
 * @param byId ids are from 1, and not labels
 * @param costs what a wrong guess costs, where the devkit says so
 */
public record DevkitClasses(
    String title, SortedMap<Integer, ClassLabel> byId, Optional<CostMatrix> costs) {
  public DevkitClasses {
    byId = Collections.unmodifiableSortedMap(byId);
  }

  /**
   * @param devkit its archive, the folder that it unpacks to, or the {@code meta.mat} in it
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING where it is not there, BAD_DATA
   *     where it is no devkit
   */
  public static DevkitClasses read(ObjectStore store, Location devkit) {
    DevkitFiles files = DevkitFiles.read(store, devkit);
    MetaFile meta =
        MetaFile.read(
            files.file(DevkitFiles.META), IlsvrcRelease.ALL, files.nameOf(DevkitFiles.META));
    return new DevkitClasses(meta.release().title(), meta.classes(), meta.costs());
  }
}
