package dev.alexnet.pipelines.folder;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wnids in the name of a picture, wherever they are: {@code n01440764_10.JPEG}, {@code
 * ILSVRC2012_val_00000001_n01440764.JPEG}.
 */
public final class WnidInName {
  private static final Pattern WNID = Pattern.compile("(?<![A-Za-z0-9])n\\d{8}(?![A-Za-z0-9])");

  private WnidInName() {}

  /** All different ones, sorted; more than one if the name contradicts itself. */
  public static Set<String> of(String name) {
    Set<String> wnids = new TreeSet<>();
    Matcher matcher = WNID.matcher(name);
    while (matcher.find()) {
      wnids.add(matcher.group());
    }
    return wnids;
  }

  public static boolean isIn(String name) {
    return WNID.matcher(name).find();
  }
}
