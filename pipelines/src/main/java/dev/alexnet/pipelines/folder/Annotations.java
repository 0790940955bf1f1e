package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainText;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file with one line per picture: its name, a tab and its class; the rest of the line is ignored.
 */
public final class Annotations {
  private Annotations() {}

  /**
   * The class of each picture, by its name.
   *
   * @throws Failure of kind BAD_DATA, with the line, if a byte is not UTF-8, a line has no class or
   *     a picture is in two lines
   */
  public static SortedMap<String, String> read(ObjectStore store, Location file) {
    SortedMap<String, String> classOfPicture = new TreeMap<>();
    List<String> lines = PlainText.strict(store.readAll(file), file).lines().toList();
    for (int line = 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1);
      if (text.isBlank()) {
        continue;
      }
      String[] cells = text.split("\t", -1);
      if (cells.length < 2 || cells[0].isBlank() || cells[1].isBlank()) {
        throw wrong(
            file, line, "it must have the name of a picture, a tab and the picture's class");
      }
      if (classOfPicture.put(cells[0].strip(), cells[1].strip()) != null) {
        throw wrong(
            file, line, "the picture " + cells[0].strip() + " is already in an earlier line");
      }
    }
    if (classOfPicture.isEmpty()) {
      throw new Failure(Failure.Kind.BAD_DATA, file + " lists no picture");
    }
    return classOfPicture;
  }

  private static Failure wrong(Location file, int line, String problem) {
    return new Failure(Failure.Kind.BAD_DATA, file + ", line " + line + ": " + problem);
  }
}
