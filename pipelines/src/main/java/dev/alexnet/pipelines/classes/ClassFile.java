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
 * A file that names classes: a wnid a line, after a tab perhaps its name, as in a dataset's {@code
 * labels.txt}. Under a {@linkplain ClassHeading heading} the columns may stand in any order, with
 * commas between them too, and a column may say the number that lists of pictures have for a class;
 * without one classes are numbered from 0.
 *
 * @param byNumber the classes by their numbers
 * @param numbered whether the file itself says the numbers, under a heading
 * @param strayLine the first line that has a number in a column of numbers, but not the one that
 *     the line has from 0, so that a number may mean two classes; 0 if there is none
 */
public record ClassFile(
    Location file, SortedMap<Integer, ClassLabel> byNumber, boolean numbered, int strayLine) {
  /**
   * @throws Failure of kind BAD_DATA, with the line, if a class or a number occurs twice or a line
   *     is not as it should be; INPUT_MISSING if the file is not there
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
          Failure.Kind.BAD_DATA, file + " names no class; write a wnid a line, such as n01440764");
    }
    SortedMap<Integer, ClassLabel> byNumber = new TreeMap<>();
    Map<String, Integer> lineOfWnid = new HashMap<>();
    for (ClassRows.Row row : body.rows()) {
      ClassLabel label = heading.label(row);
      Integer before = lineOfWnid.put(label.wnid(), row.line());
      if (before != null) {
        throw rows.wrong(
            row.line(), "the class '" + label.wnid() + "' stands in line " + before + " already");
      }
      int number = heading.hasNumbers() ? heading.number(row) : byNumber.size();
      if (byNumber.put(number, label) != null) {
        throw rows.wrong(row.line(), "the number " + number + " stands in an earlier line already");
      }
    }
    return new ClassFile(
        file,
        byNumber,
        heading.hasNumbers(),
        heading.hasNumbers() ? 0 : LineNumbers.strayLine(rows, heading));
  }

  /**
   * Refuses classes that a dataset's {@code labels.txt} would not give back.
   *
   * @throws Failure of kind BAD_DATA that names the first of them
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
        "The class '%s' or its name cannot be in a list of classes: a line break, a control character or spaces at an end would be lost, or it reads as a heading. Call it otherwise"
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
   * @param known all that a devkit knows, whose names are taken; null without one
   * @throws Failure of kind BAD_DATA if the devkit does not know one of them
   */
  public Labels labels(Labels known) {
    List<ClassLabel> labels = new ArrayList<>();
    for (ClassLabel label : byNumber.values()) {
      if (known != null && known.labelOf(label.wnid()).isEmpty()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            file + " names the class '" + label.wnid() + "', which the devkit does not know");
      }
      labels.add(known == null ? label : known.classOf(known.labelOf(label.wnid()).getAsInt()));
    }
    return new Labels(labels);
  }
}
