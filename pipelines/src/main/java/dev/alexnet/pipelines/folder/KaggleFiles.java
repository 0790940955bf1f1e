package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ILSVRC2012 as Kaggle packs it: {@code ILSVRC/Data/CLS-LOC} with folders of pictures, and files
 * about them at the root. The root or any folder on the way to the pictures may be the input.
 *
 * @param pictures the directory that was found for the pictures: {@code CLS-LOC}, one of its
 *     folders, or a directory that holds Kaggle's files itself
 * @param solution the file with the class of each validation picture; empty if it is not there
 * @param mapping the file with all classes; empty if it is not there
 */
public record KaggleFiles(
    Location pictures, Optional<Location> solution, Optional<Location> mapping) {
  private static final List<String> WAY = List.of("ILSVRC", "Data", "CLS-LOC");

  /** Empty if nothing in or above the input has Kaggle's names. */
  public static Optional<KaggleFiles> find(ObjectStore store, Location input) {
    for (int from = 0; from < WAY.size(); from++) {
      Location below = input.resolve(String.join("/", WAY.subList(from, WAY.size())));
      if (store.isDirectory(below)) {
        return Optional.of(of(store, below));
      }
    }
    boolean within =
        isPictureDirectory(input)
            || (isPictureDirectory(input.parent()) && Split.of(input.name()).isPresent());
    return within
            || isIn(store, input, Annotations.SOLUTION)
            || isIn(store, input, SynsetMapping.FILE)
        ? Optional.of(of(store, input))
        : Optional.empty();
  }

  private static boolean isPictureDirectory(Location directory) {
    return directory.name().equals(WAY.get(WAY.size() - 1));
  }

  private static KaggleFiles of(ObjectStore store, Location pictures) {
    return new KaggleFiles(
        pictures,
        first(store, pictures, Annotations.SOLUTION),
        first(store, pictures, SynsetMapping.FILE));
  }

  private static Optional<Location> first(ObjectStore store, Location pictures, String name) {
    return upwards(pictures).stream()
        .map(directory -> directory.resolve(name))
        .filter(store::exists)
        .findFirst();
  }

  private static boolean isIn(ObjectStore store, Location directory, String name) {
    return store.exists(directory.resolve(name));
  }

  /** The directory, and those above it as far as Kaggle's names go: its root is the last. */
  public static List<Location> upwards(Location pictures) {
    List<Location> directories = new ArrayList<>(List.of(pictures));
    Location directory = pictures;
    if (!isPictureDirectory(directory) && isPictureDirectory(directory.parent())) {
      directory = directory.parent();
      directories.add(directory);
    }
    for (int step = WAY.size() - 1; step >= 0; step--) {
      if (!directory.name().equals(WAY.get(step))) {
        break;
      }
      directory = directory.parent();
      directories.add(directory);
    }
    return directories;
  }
}
