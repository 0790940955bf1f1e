package dev.alexnet.infra.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * How a record names a place that was read to make it. A place that is near the record's directory,
 * below its parent or the parent of that, is named relative to it, so that it is found again after
 * all of them were moved or copied together. Any other place is named as it was given.
 */
public final class RecordedPlace {
  private RecordedPlace() {}

  /**
   * @param record the directory that holds the record
   */
  public static String of(Location place, Location record) {
    for (Location near : near(record)) {
      String prefix = near.value() + "/";
      if (place.value().startsWith(prefix)) {
        return place.value().substring(prefix.length());
      }
    }
    return place.value();
  }

  /**
   * Where the place can be now, the likeliest first: relative to the record, and as it is named. An
   * absolute name can be of an earlier version, which wrote all of them so; if such a record was
   * moved, the end of that name is looked for near it.
   */
  public static List<Location> candidates(String recorded, Location record) {
    Location given = new Location(recorded);
    List<Location> candidates = new ArrayList<>();
    if (given.isCloud() || recorded.startsWith("/")) {
      candidates.add(given);
      String end = given.isCloud() ? given.key() : recorded.replaceFirst("^/+", "");
      while (!end.isEmpty()) {
        candidates.addAll(nearby(end, record));
        end = end.contains("/") ? end.substring(end.indexOf('/') + 1) : "";
      }
    } else {
      candidates.addAll(nearby(recorded, record));
      candidates.add(given);
    }
    return candidates.stream().distinct().toList();
  }

  private static List<Location> nearby(String path, Location record) {
    return near(record).stream()
        .map(near -> near.value().equals(".") ? new Location(path) : near.resolve(path))
        .toList();
  }

  /** The parent, and the parent of that, without the root of the file system. */
  private static List<Location> near(Location record) {
    List<Location> near = new ArrayList<>();
    Location parent = record.parent();
    for (int level = 0; level < 2 && !near.contains(parent); level++) {
      if (!parent.value().equals("/")) {
        near.add(parent);
      }
      parent = parent.parent();
    }
    return near;
  }
}
