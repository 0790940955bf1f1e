package dev.alexnet.pipelines.parquet;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.infra.text.NameList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers in the names of a split's files: {@code train-00000-of-00294.parquet}. */
public final class ParquetParts {
  private static final String EXTENSION = ".parquet";

  // Some versions of Hugging Face's libraries add a hash.
  private static final Pattern OF =
      Pattern.compile("(.*?)(\\d{1,6})-of-(\\d{1,6})(?:-[0-9a-f]+)?\\.parquet");
  private static final Pattern ALONE = Pattern.compile("()(\\d{4,6})\\.parquet");

  private ParquetParts() {}

  public static boolean isParquet(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(EXTENSION) && !SystemName.isOne(name);
  }

  /** The name without its extension. */
  static String stem(String name) {
    return name.substring(0, name.length() - EXTENSION.length());
  }

  /**
   * Requires each part to be there once, because a set without one would be incomplete in silence.
   *
   * @param files of one split in one directory
   * @throws Failure of kind INPUT_MISSING if one is missing, USAGE if they are of different sets
   */
  public static void requireAll(List<Location> files) {
    Map<String, Map<Integer, String>> parts = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Location file : files) {
      Matcher of = OF.matcher(file.name());
      Matcher alone = ALONE.matcher(file.name());
      Matcher found = of.matches() ? of : alone;
      if (found == alone && !alone.matches()) {
        continue;
      }
      int number = Integer.parseInt(found.group(2));
      String before =
          parts.computeIfAbsent(found.group(1), unused -> new TreeMap<>()).put(number, file.name());
      int count = found == of ? Integer.parseInt(of.group(3)) : number + 1;
      Integer other = counts.get(found.group(1));
      if (before != null || (found == of && other != null && other != count)) {
        throw new Failure(
            Failure.Kind.USAGE,
            "%s holds files of more than one version of a set: %s and %s. Keep those of one"
                .formatted(
                    file.parent(),
                    before == null ? parts.get(found.group(1)).values().iterator().next() : before,
                    file.name()));
      }
      counts.merge(found.group(1), count, Math::max);
    }
    parts.forEach((prefix, there) -> requireAll(files.get(0).parent(), there, counts.get(prefix)));
  }

  private static void requireAll(Location directory, Map<Integer, String> there, int count) {
    List<String> missing = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      if (!there.containsKey(number)) {
        missing.add(number + "");
      }
    }
    if (!missing.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "Of the %d Parquet files of which %s is one, %d are not in %s, those with the numbers %s. Fetch them, because the set would be incomplete"
              .formatted(
                  count,
                  there.values().iterator().next(),
                  missing.size(),
                  directory,
                  NameList.of(missing)));
    }
  }

  /** How many more parts a file's name says that there are; 0 if it does not say. */
  public static int others(Location file) {
    Matcher of = OF.matcher(file.name());
    return of.matches() ? Integer.parseInt(of.group(3)) - 1 : 0;
  }
}
