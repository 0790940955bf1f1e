package dev.alexnet.pipelines.classes;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that lists classes: one wnid per line, optionally followed by a tab and the name, as in a
 * dataset's {@code labels.txt}. Under a {@linkplain ClassHeading heading} the columns may be in any
 * order, also separated by commas, and one column may give the number that lists of pictures use
 * for a class. Without such a column, classes are numbered from 0.
 *
 * @param byNumber the classes by their numbers
 * @param numbered whether the file gives the numbers itself, under a heading
 * @param strayLine the first line whose number in a column of numbers differs from its place
 *     counted from 0, so that a number could mean either of two classes; 0 if there is none
 */
public record ClassFile(
    Location file, SortedMap<Integer, ClassLabel> byNumber, boolean numbered, int strayLine) {
  /**
   * @throws Failure of kind BAD_DATA, with the line, if a class or a number occurs twice or a line
   *     is malformed; INPUT_MISSING if the file does not exist
   */
  public static ClassFile read(ObjectStore store, Location file) {
    return parse(store.readAll(file), file);
  }

  static ClassFile parse(byte[] content, Location file) {
    ClassRows rows = ClassRows.of(content, file);
    ClassHeading heading = ClassHeading.of(rows);
    ClassRows body = heading.isThere() ? rows.withoutFirst() : rows;
    if (body.rows().isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + " contains no class; write one wnid per line, such as n01440764");
    }
    SortedMap<Integer, ClassLabel> byNumber = new TreeMap<>();
    Map<String, Integer> lineOfWnid = new HashMap<>();
    for (ClassRows.Row row : body.rows()) {
      ClassLabel label = heading.label(row);
      Integer before = lineOfWnid.put(label.wnid(), row.line());
      if (before != null) {
        throw rows.wrong(
            row.line(), "the class '" + label.wnid() + "' is already in line " + before);
      }
      int number = heading.hasNumbers() ? heading.number(row) : byNumber.size();
      if (byNumber.put(number, label) != null) {
        throw rows.wrong(row.line(), "the number " + number + " is already in an earlier line");
      }
    }
    return new ClassFile(
        file,
        byNumber,
        heading.hasNumbers(),
        heading.hasNumbers() ? 0 : LineNumbers.strayLine(rows, heading));
  }

  /**
   * Refuses classes that would not survive being written to a dataset's {@code labels.txt} and read
   * back.
   *
   * @throws Failure of kind BAD_DATA that names the first such class
   */
  public static void requireReadBack(Labels labels) {
    if (readsBack(labels)) {
      return;
    }
    String first =
        labels.classes().stream()
            .filter(label -> !readsBack(new Labels(List.of(label))))
            .findFirst()
            .orElse(labels.classOf(0))
            .wnid();
    throw new Failure(
        Failure.Kind.BAD_DATA,
        "The class '%s' or its name cannot be written to a list of classes: it has a line break, a control character, or a space at the start or end, or it would be read as a heading. Rename the class"
            .formatted(ByteText.of(first)));
  }

  private static boolean readsBack(Labels labels) {
    try {
      ClassFile read = parse(labels.text(), new Location(Dataset.LABELS));
      return List.copyOf(read.byNumber.values()).equals(labels.classes());
    } catch (Failure e) {
      return false;
    }
  }

  /**
   * The classes as labels.
   *
   * @param known all classes of a devkit, whose names are used; null without a devkit
   * @throws Failure of kind BAD_DATA if one of the classes is not in the devkit
   */
  public Labels labels(Labels known) {
    List<ClassLabel> labels = new ArrayList<>();
    for (ClassLabel label : byNumber.values()) {
      if (known != null && known.labelOf(label.wnid()).isEmpty()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            file + " names the class '" + label.wnid() + "', which is not in the devkit");
      }
      labels.add(known == null ? label : known.classOf(known.labelOf(label.wnid()).getAsInt()));
    }
    return new Labels(labels);
  }
}
