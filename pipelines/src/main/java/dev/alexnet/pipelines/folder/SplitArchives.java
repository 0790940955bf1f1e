package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The archives of one split: the input itself, those in its directory, or those in the folder of
 * the split.
 *
 * @param directory where they are
 * @param archives sorted by name
 * @param beside other names there and in the input, with a slash after folders
 */
public record SplitArchives(Location directory, List<Location> archives, List<String> beside) {
  public SplitArchives {
    archives = List.copyOf(archives);
    beside = List.copyOf(beside);
  }

  /**
   * Looks for archives.
   *
   * @param isArchive whether a name is that of an archive of this layout
   * @param folders names of folders to look into, besides that of the split
   * @return empty if the input has none of any split
   * @throws Failure of kind INPUT_MISSING if there are only archives of other splits, USAGE if the
   *     split has more than one folder of archives
   */
  public static Optional<SplitArchives> find(
      ObjectStore store,
      Location input,
      Split split,
      Predicate<String> isArchive,
      Set<String> folders) {
    if (store.exists(input)) {
      return isArchive.test(input.name())
          ? Optional.of(new SplitArchives(input.parent(), List.of(input), List.of()))
          : Optional.empty();
    }
    List<String> names = store.list(input);
    if (names.stream().anyMatch(isArchive)) {
      return Optional.of(of(input, names, split, isArchive));
    }
    List<String> holding =
        names.stream()
            .filter(name -> name.endsWith("/"))
            .map(name -> name.substring(0, name.length() - 1))
            .filter(name -> folders.contains(name) || Split.of(name).equals(Optional.of(split)))
            .filter(name -> store.list(input.resolve(name)).stream().anyMatch(isArchive))
            .toList();
    if (holding.size() > 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds archives in more than one folder: %s. Give the one that you mean as --input"
              .formatted(input, NameList.of(holding)));
    }
    return holding.stream()
        .findFirst()
        .map(
            name -> {
              Location folder = input.resolve(name);
              SplitArchives inside = of(folder, store.list(folder), split, isArchive);
              return new SplitArchives(
                  folder,
                  inside.archives,
                  Stream.concat(
                          names.stream().filter(other -> !other.equals(name + "/")),
                          inside.beside.stream())
                      .filter(other -> !isFolderOfOtherSplit(other, split))
                      .toList());
            });
  }

  private static SplitArchives of(
      Location directory, List<String> names, Split split, Predicate<String> isArchive) {
    List<String> archives = names.stream().filter(isArchive).toList();
    Set<Split> named =
        archives.stream()
            .map(SplitArchives::splitIn)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    List<String> own =
        archives.stream()
            .filter(name -> named.isEmpty() || splitIn(name).equals(Optional.of(split)))
            .toList();
    if (own.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "%s holds archives such as %s, but none for --split %s. Choose another --split, or give the archive itself as --input"
              .formatted(directory, archives.get(0), split.title()));
    }
    List<String> beside = new ArrayList<>(names);
    beside.removeAll(archives);
    // Their split is unknown, so they are told rather than dropped.
    archives.stream()
        .filter(name -> !named.isEmpty() && splitIn(name).isEmpty())
        .forEach(beside::add);
    return new SplitArchives(directory, own.stream().map(directory::resolve).toList(), beside);
  }

  /** The split that a part of an archive's name says, such as imagenet-train-000000.tar. */
  private static Optional<Split> splitIn(String name) {
    Set<Split> splits =
        Stream.of(name.split("[^A-Za-z]+"))
            .map(Split::of)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    return splits.size() == 1 ? splits.stream().findFirst() : Optional.empty();
  }

  private static boolean isFolderOfOtherSplit(String name, Split split) {
    return name.endsWith("/")
        && Split.of(name.substring(0, name.length() - 1))
            .filter(other -> other != split)
            .isPresent();
  }

  /** The archives in words, with the first and the last. */
  public String inWords() {
    return archives.size() == 1
        ? "archive " + archives.get(0).name()
        : "%d archives from %s to %s"
            .formatted(
                archives.size(), archives.get(0).name(), archives.get(archives.size() - 1).name());
  }
}
