package dev.alexnet.pipelines.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A thousand wnids in the published order of ILSVRC2012's labels, which is that of the wnids: the
 * first and the last are the published ones, those between them are made up.
 */
final class Synsets {
  static final String FIRST = "n01440764";
  static final String LAST = "n15075141";
  static final List<String> ALL = all();

  private Synsets() {}

  private static List<String> all() {
    List<String> wnids = new ArrayList<>(List.of(FIRST));
    for (int label = 1; label < 999; label++) {
      wnids.add("n%08d".formatted(1_440_764 + label * 13_000));
    }
    wnids.add(LAST);
    return List.copyOf(wnids);
  }
}
