package dev.alexnet.pipelines.evaluate;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A text file with ids of classes, a line for each picture. */
final class IdLines {
  private static final Pattern ID = Pattern.compile("\\d{1,6}");

  private final Location file;
  private final ClassIds known;

  IdLines(Location file, ClassIds known) {
    this.file = file;
    this.known = known;
  }

  /**
   * The ids of every line, without 0, which stands for no guess.
   *
   * @param fewest how many ids a line must have
   * @param most how many it may have
   * @throws Failure of kind INPUT_MISSING where the file is not there, BAD_DATA where it is empty
   *     or a line is not what it should be
   */
  List<int[]> read(ObjectStore store, int fewest, int most, String what) {
    if (!store.exists(file)) {
      throw new Failure(Failure.Kind.INPUT_MISSING, "There is no file " + file + ", " + what);
    }
    String text = new String(store.readAll(file), StandardCharsets.UTF_8).stripTrailing();
    if (text.isBlank()) {
      throw new Failure(
          Failure.Kind.BAD_DATA, file + ", " + what + ", is empty; it must have a line a picture");
    }
    List<int[]> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
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
              + (fewest == most ? fewest + " is right" : fewest + " to " + most + " are allowed"));
    }
    int[] ids = new int[words.length];
    int count = 0;
    for (String word : words) {
      if (!ID.matcher(word).matches()) {
        throw refused(number, line, "'" + word + "' is no id; ids are whole numbers from 1");
      }
      int id = Integer.parseInt(word);
      if (id == 0 && fewest == 0) {
        continue;
      }
      if (!known.contains(id)) {
        throw refused(number, line, id + " is not one of " + known);
      }
      ids[count++] = id;
    }
    return Arrays.copyOf(ids, count);
  }

  private Failure refused(int number, String line, String why) {
    String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
    return new Failure(
        Failure.Kind.BAD_DATA, file + ", line " + number + ", '" + shown + "': " + why);
  }
}
