package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainText;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kaggle's {@code LOC_synset_mapping.txt}: one line per class, with its wnid and its names. */
public final class SynsetMapping {
  public static final String FILE = "LOC_synset_mapping.txt";

  private static final Pattern LINE = Pattern.compile("(n\\d{8})\\s+(\\S.*)");

  private SynsetMapping() {}

  /**
   * The classes by their wnids.
   *
   * @throws Failure of kind BAD_DATA, with the line, if a line is malformed or a class is in two
   *     lines
   */
  public static SortedMap<String, ClassLabel> read(ObjectStore store, Location file) {
    SortedMap<String, ClassLabel> classes = new TreeMap<>();
    List<String> lines = PlainText.strict(store.readAll(file), file).lines().toList();
    for (int line = 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1).strip();
      Matcher matcher = LINE.matcher(text);
      if (text.isEmpty()) {
        continue;
      }
      if (!matcher.matches()) {
        throw wrong(file, line, "it must have a wnid, a space and the names of the class");
      }
      ClassLabel label = new ClassLabel(matcher.group(1), matcher.group(2));
      if (classes.put(label.wnid(), label) != null) {
        throw wrong(file, line, "the class " + label.wnid() + " is already in an earlier line");
      }
    }
    return classes;
  }

  private static Failure wrong(Location file, int line, String problem) {
    return new Failure(Failure.Kind.BAD_DATA, file + ", line " + line + ": " + problem);
  }
}
