package dev.alexnet.pipelines.evaluate;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text file of class ids, one line per picture. */
final class IdLines {
  /** The id that means no guess. */
  static final int NO_GUESS = 0;

  private static final Pattern ID = Pattern.compile("\\d{1,6}");

  private final Location file;
  private final ClassIds known;

  IdLines(Location file, ClassIds known) {
    this.file = file;
    this.known = known;
  }

  /**
   * The ids of every line. If a line may be empty, the id 0 is also allowed and means no guess.
   *
   * @param fewest the minimum number of ids per line
   * @param most the maximum number of ids per line
   * @throws Failure of kind INPUT_MISSING if the file does not exist, BAD_DATA if it is empty or
   *     not UTF-8, or if a line is malformed
   */
  List<int[]> read(ObjectStore store, int fewest, int most, String what) {
    if (!store.exists(file)) {
      throw new Failure(Failure.Kind.INPUT_MISSING, file + ", " + what + ", does not exist");
    }
    String text = PlainText.strict(store.readAll(file), file);
    if (text.isBlank()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + ", " + what + ", is empty; it must have one line per picture");
    }
    List<int[]> lines = new ArrayList<>();
    // If every line must have an id, empty lines at the end are not pictures.
    for (String line : (fewest == 0 ? text : text.stripTrailing()).lines().toList()) {
      lines.add(ids(line.strip(), lines.size() + 1, fewest, most));
    }
    return lines;
  }

  private int[] ids(String line, int number, int fewest, int most) {
    String[] words = line.isEmpty() ? new String[0] : line.split("\\s+");
    if (words.length < fewest || words.length > most) {
      throw refused(
          number,
          line,
          "it has "
              + words.length
              + " ids; "
              + (fewest == most
                  ? "exactly " + fewest + " is allowed"
                  : fewest + " to " + most + " are allowed"));
    }
    int[] ids = new int[words.length];
    for (int i = 0; i < ids.length; i++) {
      String word = words[i];
      if (!ID.matcher(word).matches()) {
        throw refused(number, line, "'" + word + "' is not an id; ids are whole numbers from 1");
      }
      ids[i] = Integer.parseInt(word);
      boolean noGuess = ids[i] == NO_GUESS && fewest == 0;
      if (!noGuess && !known.contains(ids[i])) {
        throw refused(number, line, ids[i] + " is not one of " + known);
      }
    }
    return ids;
  }

  private Failure refused(int number, String line, String why) {
    String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
    return new Failure(
        Failure.Kind.BAD_DATA, file + ", line " + number + ", '" + shown + "': " + why);
  }
}
