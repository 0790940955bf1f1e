package dev.alexnet.ops.similarity;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.picture.NeighbourPicture;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the neighbours that were found, and their images. */
public final class NeighbourFiles {
  private final ObjectStore store;

  @Inject
  public NeighbourFiles(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Reads the neighbours in a directory.
   *
   * @throws Failure of kind INPUT_MISSING if there are none, MISMATCH if another version of this
   *     program wrote them
   */
  public Neighbours read(Location directory) {
    Location file = directory.resolve(Neighbours.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There are no neighbours at "
              + directory
              + " (no "
              + Neighbours.FILE
              + "); find some with 'alexnet similar'");
    }
    return Neighbours.read(store.readAll(file), file);
  }

  /** Whether every image of the neighbours in a directory exists. */
  public boolean areWhole(Location directory) {
    Map<Location, List<String>> listed = new HashMap<>();
    return read(directory).queries().stream()
        .flatMap(
            query ->
                Stream.concat(
                    Stream.of(query.file()),
                    query.neighbours().stream().map(Neighbours.Found::file)))
        .map(directory::resolve)
        .allMatch(file -> listed.computeIfAbsent(file.parent(), store::list).contains(file.name()));
  }

  /** The images of the neighbours in a directory, to be drawn. */
  public List<NeighbourPicture.Row> rows(Location directory, Neighbours neighbours) {
    return neighbours.queries().stream()
        .map(
            query ->
                new NeighbourPicture.Row(
                    tile(directory, query.file(), query.name(), "", false),
                    query.neighbours().stream()
                        .map(
                            found ->
                                tile(
                                    directory,
                                    found.file(),
                                    found.name(),
                                    String.format(Locale.ROOT, "%.1f", found.distance()),
                                    !found.wnid().isEmpty() && found.wnid().equals(query.wnid())))
                        .toList()))
        .toList();
  }

  private NeighbourPicture.Tile tile(
      Location directory, String file, String name, String distance, boolean same) {
    return new NeighbourPicture.Tile(
        List.of(store.readAll(directory.resolve(file))), name, distance, same);
  }
}
