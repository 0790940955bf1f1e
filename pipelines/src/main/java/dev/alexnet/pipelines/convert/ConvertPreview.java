package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a conversion would read. Nothing was decoded, so pictures may still be rejected for their
 * content.
 *
 * @param layout the layout that was recognised, as {@code --layout} takes it
 * @param source a description of what was recognised
 * @param split the split that was asked for
 * @param labelled whether the classes of the pictures are known
 * @param pictures how many there are
 * @param unknownClass how many of them have a class that the dataset does not have
 * @param unreadable how many others would be rejected because they are empty, too large, or have
 *     the id of an earlier one
 * @param maxRejected how many rejected pictures the settings allow
 * @param selection whether only some of the pictures would be converted
 * @param rejected how many files would be rejected for their names
 * @param ignored how many names would be ignored
 * @param classes by label
 * @param first the first pictures in the order of the source
 * @param firstRejected the first files that would be rejected
 * @param firstIgnored the first names that would be ignored
 * @param notices sentences about what was found
 */
public record ConvertPreview(
    String layout,
    String source,
    String split,
    boolean labelled,
    long pictures,
    long unknownClass,
    long unreadable,
    long maxRejected,
    boolean selection,
    long rejected,
    long ignored,
    List<PreviewClass> classes,
    List<PreviewPicture> first,
    List<Rejection> firstRejected,
    List<String> firstIgnored,
    List<String> notices) {
  private static final int CLASSES_SHOWN = 12;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_IMAGE = 60;

  public ConvertPreview {
    classes = List.copyOf(classes);
    first = List.copyOf(first);
    firstRejected = List.copyOf(firstRejected);
    firstIgnored = List.copyOf(firstIgnored);
    notices = List.copyOf(notices);
  }

  /** A class with the number of its pictures. */
  public record PreviewClass(int label, String wnid, String name, long pictures) {}

  /**
   * A picture with its label.
   *
   * @param image its id
   * @param file the file or archive that it is in
   * @param label −1 if it has none
   * @param wnid empty if its class is not known
   */
  public record PreviewPicture(String image, String file, int label, String wnid) {}

  /** What would be rejected without a look at the content, of which more may be rejected. */
  private long leastRejected() {
    // Those of a selection may not be chosen.
    return rejected + (selection ? 0 : unknownClass + unreadable);
  }

  /** For people, with the first classes only. */
  public String inWords() {
    List<String> lines = new ArrayList<>();
    lines.add("Layout: " + layout + ", split: " + split);
    lines.add("Source: " + source);
    lines.add(
        String.format(
            Locale.ROOT,
            "%s of %s; %s rejected by name, %s ignored",
            Quantity.of(pictures, "picture"),
            Quantity.of(classes.size(), "class"),
            Quantity.of(rejected, "file"),
            Quantity.of(ignored, "name")));
    if (unknownClass > 0) {
      lines.add(Quantity.of(unknownClass, "picture") + " of other classes would be rejected");
    }
    if (unreadable > 0) {
      lines.add(
          Quantity.of(unreadable, "picture")
              + " would be rejected: empty, too large, or with the name of an earlier one");
    }
    if (leastRejected() > maxRejected) {
      lines.add(
          "convert would end with 65: it would reject at least %s, and --max-rejected is %d"
              .formatted(Quantity.of(leastRejected(), "picture"), maxRejected));
    }
    lines.add("");
    lines.add(
        labelled
            ? "label  pictures  class"
            : "label  pictures  class (the pictures are of unknown classes)");
    classes.stream().limit(CLASSES_SHOWN).map(ConvertPreview::line).forEach(lines::add);
    if (classes.size() > CLASSES_SHOWN) {
      lines.add(
          "  and %s more, which --json lists"
              .formatted(Quantity.of(classes.size() - CLASSES_SHOWN, "class")));
    }
    lines.add("");
    lines.add("label  first pictures");
    first.forEach(
        picture ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%5d  %s%s",
                    picture.label(),
                    shortened(picture.image()),
                    picture.wnid().isEmpty() || picture.image().contains(picture.wnid())
                        ? ""
                        : " (" + picture.wnid() + ")")));
    firstRejected.forEach(
        rejection ->
            lines.add("Rejected: %s: %s".formatted(rejection.image(), rejection.message())));
    if (!firstIgnored.isEmpty()) {
      lines.add("Ignored: " + String.join(", ", firstIgnored));
    }
    lines.add("Nothing was written.");
    return String.join("\n", lines);
  }

  /** Its start and its end, so that a line fits a terminal; all of it is in the JSON. */
  private static String shortened(String name) {
    return name.length() <= LONGEST_IMAGE
        ? name
        : name.substring(0, LONGEST_IMAGE / 2)
            + "…"
            + name.substring(name.length() - LONGEST_IMAGE / 2 + 1);
  }

  private static String line(PreviewClass shown) {
    String name = shown.name().equals(shown.wnid()) ? "" : " " + shown.name();
    return String.format(
        Locale.ROOT,
        "%5d %9d  %s%s",
        shown.label(),
        shown.pictures(),
        shortened(shown.wnid()),
        name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name);
  }
}
