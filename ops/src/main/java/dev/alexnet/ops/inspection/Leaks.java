package dev.alexnet.ops.inspection;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import java.util.List;
import java.util.Locale;

/**
 * Images that two datasets have in common.
 *
 * @param first the dataset that was asked about, such as a validation set
 * @param second the dataset in which its images were looked for, such as a training set
 * @param firstImages how many images it has
 * @param secondImages the same
 * @param same for each image of the first that is in the second, one pair of the same image
 * @param near pairs of similar images that are not the same; empty if no features were given
 */
public record Leaks(
    Location first,
    Location second,
    long firstImages,
    long secondImages,
    List<Pair> same,
    List<Pair> near) {
  private static final int SHOWN = 20;

  public Leaks {
    same = List.copyOf(same);
    near = List.copyOf(near);
  }

  /**
   * An image of each.
   *
   * @param first its name in the first dataset
   * @param firstClass its wnid there; empty if it has no class
   * @param second its name in the second dataset
   * @param secondClass its wnid there
   * @param cosine of the angle between their features; 1 if they are the same
   */
  public record Pair(
      String first, String firstClass, String second, String secondClass, double cosine) {
    boolean isOfOneClass() {
      return firstClass.equals(secondClass);
    }
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return same.isEmpty() && near.isEmpty();
  }

  /** What was found, as sentences and tables of the first pairs. */
  public String text(Screen screen) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d of the %,d images of %s are also among the %,d of %s",
            same.size(),
            firstImages,
            first,
            secondImages,
            second));
    append(text, same, screen);
    if (!near.isEmpty()) {
      text.append("\n\n").append(Quantity.of(near.size(), "similar pair"));
      append(text, near, screen);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<Pair> pairs, Screen screen) {
    if (pairs.isEmpty()) {
      return;
    }
    long others = pairs.stream().filter(pair -> !pair.isOfOneClass()).count();
    text.append(
        others == 0 ? "" : String.format(Locale.ROOT, ", %,d with different classes", others));
    Table table =
        new Table("image", "class", "image of the other", "class", "cosine").numbers("cosine");
    for (Pair pair : pairs.subList(0, Math.min(SHOWN, pairs.size()))) {
      table.row(
          pair.first(),
          classOf(pair.firstClass()),
          pair.second(),
          classOf(pair.secondClass()),
          String.format(Locale.ROOT, "%.4f", pair.cosine()));
    }
    text.append("\n").append(table.on(screen).stripTrailing());
    if (pairs.size() > SHOWN) {
      text.append(
          String.format(Locale.ROOT, "%nand %,d more; --json has all", pairs.size() - SHOWN));
    }
  }

  private static String classOf(String wnid) {
    return wnid.isEmpty() ? "-" : wnid;
  }
}
