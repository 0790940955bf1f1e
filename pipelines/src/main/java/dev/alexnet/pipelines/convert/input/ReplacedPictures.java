package dev.alexnet.pipelines.convert.input;

import dev.alexnet.infra.text.Quantity;
import java.util.NavigableSet;

/** Says which pictures were replaced by others of the same name and length. */
public final class ReplacedPictures {
  private ReplacedPictures() {}

  /** As {@code 3 pictures were replaced by others of the same length, first cat/1.jpg}. */
  public static String inWords(NavigableSet<String> ids) {
    String were = ids.size() == 1 ? " was" : " were";
    String others = ids.size() == 1 ? "another" : "others";
    String first = ids.size() == 1 ? ": " : ", first ";
    return Quantity.of(ids.size(), "picture")
        + were
        + " replaced by "
        + others
        + " of the same length"
        + first
        + ids.first();
  }
}
