package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainText;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A file that names classes: a wnid a line, after a tab perhaps its name, as in a dataset's {@code
 * labels.txt}. Under the heading {@code label, wnid, name}, each by a tab, a line starts with the
 * number that lists of pictures have for the class; without it classes are numbered from 0.
 *
 * @param byNumber the classes by their numbers
 * @param numbered whether the file itself says the numbers
 */
record ClassFile(Location file, SortedMap<Integer, ClassLabel> byNumber, boolean numbered) {
  private static final String TAB = "\t";

  // As in lists that have a space where ours have a tab.
  private static final Pattern WORDS_AFTER_WNID = Pattern.compile("n\\d{8}[\\s,].*");
  private static final List<String> HEADING = List.of("label", "wnid", "name");

  /**
   * @throws Failure of kind BAD_DATA, with the line, where a class or a number occurs twice or a
   *     line is not as it should be; INPUT_MISSING where the file is not there
   */
  static ClassFile read(ObjectStore store, Location file) {
    List<String> lines = PlainText.of(store.readAll(file)).lines().toList();
    SortedMap<Integer, ClassLabel> byNumber = new TreeMap<>();
    Map<String, Integer> lineOfWnid = new HashMap<>();
    boolean numbered = false;
    for (int line = 1; line <= lines.size(); line++) {
      List<String> cells = cells(lines.get(line - 1));
      if (line == 1 && cells.size() > 1 && HEADING.subList(0, cells.size()).equals(cells)) {
        numbered = true;
      } else if (!cells.isEmpty()) {
        int number = byNumber.size();
        if (numbered) {
          number = number(cells.remove(0), file, line);
        }
        if (cells.isEmpty()) {
          throw wrong(file, line, "the wnid is missing after the number");
        }
        String wnid = cells.get(0);
        if (WORDS_AFTER_WNID.matcher(wnid).matches()) {
          throw wrong(
              file,
              line,
              "'"
                  + wnid
                  + "' is a wnid with words behind it; write a wnid a line, and its name, if any,"
                  + " after a tab. 'cut -c 1-9' takes the wnids");
        }
        Integer before = lineOfWnid.put(wnid, line);
        if (before != null) {
          throw wrong(file, line, "the class '" + wnid + "' stands in line " + before + " already");
        }
        ClassLabel label = new ClassLabel(wnid, cells.size() > 1 ? cells.get(1) : wnid);
        if (byNumber.put(number, label) != null) {
          throw wrong(file, line, "the number " + number + " stands in an earlier line already");
        }
      }
    }
    if (byNumber.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA, file + " names no class; write a wnid a line, such as n01440764");
    }
    return new ClassFile(file, byNumber, numbered);
  }

  /** Those that are not blank. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(TAB, -1)) {
      cells.add(cell.strip());
    }
    while (!cells.isEmpty() && cells.get(cells.size() - 1).isEmpty()) {
      cells.remove(cells.size() - 1);
    }
    return cells;
  }

  private static int number(String cell, Location file, int line) {
    if (!cell.matches("\\d{1,7}")) {
      throw wrong(file, line, "'" + cell + "' is no number of a class");
    }
    return Integer.parseInt(cell);
  }

  private static Failure wrong(Location file, int line, String problem) {
    return new Failure(Failure.Kind.BAD_DATA, file + ", line " + line + ": " + problem);
  }

  /**
   * The classes as labels.
   *
   * @param known all that a devkit knows, whose names are taken; null without one
   * @throws Failure of kind BAD_DATA where the devkit does not know one of them
   */
  Labels labels(Labels known) {
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
