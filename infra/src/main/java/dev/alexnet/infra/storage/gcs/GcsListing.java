package dev.alexnet.infra.storage.gcs;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.NameOrder;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists and deletes many objects. */
final class GcsListing {
  private static final int DELETIONS_AT_ONCE = 16;

  private final GcsService service;
  private final Retrier retrier;

  GcsListing(GcsService service, Retrier retrier) {
    this.service = service;
    this.retrier = retrier;
  }

  /** The objects and directories directly under a directory, in the order of their names. */
  List<ObjectEntry> entries(Location directory) {
    return entries(directory, true);
  }

  /** The objects at any depth under a directory, in the order of their names. */
  List<ObjectEntry> objectsBelow(Location directory) {
    return entries(directory, false).stream().filter(entry -> !entry.isDirectory()).toList();
  }

  private List<ObjectEntry> entries(Location directory, boolean oneLevel) {
    String prefix = prefixOf(directory);
    List<ObjectEntry> entries = new ArrayList<>();
    for (Objects page : pages(retrier, directory, prefix, oneLevel)) {
      for (StorageObject resource : itemsOf(page)) {
        entries.add(GcsService.entry(resource.getName().substring(prefix.length()), resource));
      }
      for (String name : page.getPrefixes() == null ? List.<String>of() : page.getPrefixes()) {
        entries.add(ObjectEntry.directory(name.substring(prefix.length())));
      }
    }
    // Some tools mark a directory by an empty object with the name of its prefix.
    entries.removeIf(entry -> entry.name().isEmpty());
    entries.sort(Comparator.comparing(ObjectEntry::name, NameOrder.UTF_8));
    return List.copyOf(entries);
  }

  /** The objects directly under a directory whose names start with a prefix. */
  List<ObjectEntry> objects(Location directory, String namePrefix) {
    String prefix = prefixOf(directory);
    return pages(retrier, directory, prefix + namePrefix, true).stream()
        .flatMap(page -> itemsOf(page).stream())
        .map(item -> GcsService.entry(item.getName().substring(prefix.length()), item))
        .toList();
  }

  /** Whether any object's name starts with that of the directory and a slash. */
  boolean isDirectory(Location directory) {
    String token = null;
    do {
      String page = token;
      Objects answer =
          retrier.run(
              "list",
              directory,
              () -> service.list(directory.bucket(), prefixOf(directory), false, 1, page));
      if (!itemsOf(answer).isEmpty()) {
        return true;
      }
      token = answer.getNextPageToken();
    } while (token != null);
    return false;
  }

  /** Deletes all objects at any depth whose names start with the directory's and a prefix. */
  void deleteObjects(Retrier deleting, Location directory, String namePrefix) {
    List<Runnable> deletions = new ArrayList<>();
    for (Objects page : pages(deleting, directory, prefixOf(directory) + namePrefix, false)) {
      for (StorageObject item : itemsOf(page)) {
        Location location = new Location("gs://" + directory.bucket() + "/" + item.getName());
        deletions.add(
            () -> delete(deleting, location, WriteCondition.unchangedSince(item.getGeneration())));
      }
    }
    Parallel.runAll(DELETIONS_AT_ONCE, deletions);
  }

  /**
   * Deletes one generation of an object. One that is gone is deleted, whoever did it.
   *
   * @param condition which names the generation
   */
  void delete(Retrier deleting, Location location, WriteCondition condition) {
    long generation = condition.generation().orElseThrow();
    Attempts attempts = deleting.start("delete", location);
    while (true) {
      condition.guard().run();
      try {
        attempts.attempt(() -> service.delete(location, generation));
        deleting.reached();
        return;
      } catch (IOException e) {
        int status = Trouble.status(e);
        boolean gone = status == 404 || (status == 412 && attempts.mayHaveHadEffect());
        if (gone) {
          return;
        }
        attempts.failed(e);
      }
    }
  }

  private List<Objects> pages(
      Retrier listing, Location directory, String prefix, boolean oneLevel) {
    List<Objects> pages = new ArrayList<>();
    String token = null;
    do {
      String page = token;
      Objects answer =
          listing.run(
              "list",
              directory,
              () -> service.list(directory.bucket(), prefix, oneLevel, GcsService.PAGE, page));
      pages.add(answer);
      token = answer.getNextPageToken();
    } while (token != null);
    return pages;
  }

  private static List<StorageObject> itemsOf(Objects page) {
    return page.getItems() == null ? List.of() : page.getItems();
  }

  private static String prefixOf(Location directory) {
    return directory.key().isEmpty() ? "" : directory.key() + "/";
  }
}
