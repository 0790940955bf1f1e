package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainText;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file with one line per picture: its name, a tab and its class; the rest of the line is ignored.
 * Kaggle's {@code LOC_val_solution.csv} is read too: the name without its extension, a comma, and a
 * wnid with a box for each object.
 */
public final class Annotations {
  /** Kaggle's name of the file for the validation set of ILSVRC2012. */
  public static final String SOLUTION = "LOC_val_solution.csv";

  private static final String SOLUTION_HEADING = "ImageId,PredictionString";
  private static final String SOLUTION_EXTENSION = ".JPEG";

  private final Location file;
  private final SortedMap<String, String> classOfPicture = new TreeMap<>();

  private Annotations(Location file) {
    this.file = file;
  }

  /**
   * The class of each picture, by its name.
   *
   * @throws Failure of kind BAD_DATA, with the line, if a byte is not UTF-8, a line has no class,
   *     or a picture is in two lines or has two classes
   */
  public static SortedMap<String, String> read(ObjectStore store, Location file) {
    Annotations annotations = new Annotations(file);
    List<String> lines = PlainText.strict(store.readAll(file), file).lines().toList();
    boolean solution = !lines.isEmpty() && lines.get(0).strip().equals(SOLUTION_HEADING);
    for (int line = solution ? 2 : 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1);
      if (!text.isBlank() && solution) {
        annotations.addSolved(line, text);
      } else if (!text.isBlank()) {
        annotations.addTabbed(line, text);
      }
    }
    if (annotations.classOfPicture.isEmpty()) {
      throw new Failure(Failure.Kind.BAD_DATA, file + " lists no picture");
    }
    return annotations.classOfPicture;
  }

  private void addTabbed(int line, String text) {
    String[] cells = text.split("\t", -1);
    if (cells.length < 2 || cells[0].isBlank() || cells[1].isBlank()) {
      throw wrong(line, "it must have the name of a picture, a tab and the picture's class");
    }
    add(line, cells[0].strip(), cells[1].strip());
  }

  private void addSolved(int line, String text) {
    String[] cells = text.split(",", 2);
    Set<String> wnids = cells.length < 2 ? Set.of() : WnidInName.of(cells[1]);
    if (wnids.isEmpty() || cells[0].isBlank()) {
      throw wrong(line, "it must have the id of a picture, a comma and the wnid of its class");
    }
    if (wnids.size() > 1) {
      throw wrong(line, "the picture has more than one class: " + String.join(", ", wnids));
    }
    add(line, cells[0].strip() + SOLUTION_EXTENSION, wnids.iterator().next());
  }

  private void add(int line, String picture, String wnid) {
    if (classOfPicture.put(picture, wnid) != null) {
      throw wrong(line, "the picture " + picture + " is already in an earlier line");
    }
  }

  private Failure wrong(int line, String problem) {
    return new Failure(Failure.Kind.BAD_DATA, file + ", line " + line + ": " + problem);
  }
}
