package dev.alexnet.ops.comparison;

import dev.alexnet.infra.storage.Location;
import java.util.List;

/** Short names of directories: their last part, or as much of their end as tells them apart. */
final class RunNames {
  private static final int MOST_PARTS = 4;

  private RunNames() {}

  static List<String> of(List<Location> places) {
    List<String> whole = places.stream().map(Location::value).toList();
    for (int parts = 1; parts <= MOST_PARTS; parts++) {
      int shown = parts;
      List<String> names = whole.stream().map(place -> end(place, shown)).toList();
      if (names.stream().distinct().count() == names.size()) {
        return names;
      }
    }
    return whole;
  }

  private static String end(String place, int parts) {
    int from = place.length();
    for (int part = 0; part < parts && from > 0; part++) {
      from = place.lastIndexOf('/', from - 1);
    }
    return place.substring(from + 1 > place.length() || from < 0 ? 0 : from + 1);
  }
}
