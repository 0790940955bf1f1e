package dev.alexnet.pipelines.evaluate;

import dev.alexnet.pipelines.devkit.DevkitClasses;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ids that are allowed in lines.
 *
 * @param ids all allowed ids
 * @param origin a description of them for errors
 */
record ClassIds(Set<Integer> ids, String origin) {
  /** The number of classes in every year of ILSVRC's classification task. */
  private static final int CLASSES = 1000;

  static ClassIds of(Optional<DevkitClasses> devkit) {
    return devkit
        .map(
            classes ->
                new ClassIds(
                    classes.byId().keySet(),
                    "the " + classes.byId().size() + " ids of the devkit of " + classes.title()))
        .orElseGet(
            () ->
                new ClassIds(
                    IntStream.rangeClosed(1, CLASSES)
                        .boxed()
                        .collect(Collectors.toCollection(TreeSet::new)),
                    "the ids 1 to " + CLASSES));
  }

  boolean contains(int id) {
    return ids.contains(id);
  }

  @Override
  public String toString() {
    return origin;
  }
}
