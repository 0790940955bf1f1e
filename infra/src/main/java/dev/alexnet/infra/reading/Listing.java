package dev.alexnet.infra.reading;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is directly under a directory. One on an object store is listed once, 1,000 objects a
 * request; local files are looked at one by one, when they are asked for.
 */
public final class Listing {
  private final ObjectStore store;
  private final Location directory;
  private final List<String> names;
  private final Map<String, ObjectEntry> entries;

  private Listing(
      ObjectStore store, Location directory, List<String> names, Map<String, ObjectEntry> entries) {
    this.store = store;
    this.directory = directory;
    this.names = names;
    this.entries = entries;
  }

  public static Listing of(ObjectStore store, Location directory) {
    if (!directory.isCloud()) {
      return new Listing(store, directory, store.list(directory), Map.of());
    }
    List<ObjectEntry> entries = store.entries(directory);
    return new Listing(
        store,
        directory,
        entries.stream().map(ObjectEntry::name).toList(),
        entries.stream()
            .filter(entry -> !entry.isDirectory())
            .collect(Collectors.toMap(ObjectEntry::name, Function.identity())));
  }

  /** As {@link ObjectStore#list} gives them. */
  public List<String> names() {
    return names;
  }

  /**
   * What is known of an object.
   *
   * @return empty if there is none, such as for the name of a directory or of a broken link
   */
  public Optional<ObjectEntry> find(String name) {
    return directory.isCloud()
        ? Optional.ofNullable(entries.get(name))
        : store.find(directory.resolve(name));
  }
}
