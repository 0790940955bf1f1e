package dev.alexnet.pipelines.list;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The columns of a list of pictures.
 *
 * @param count the number of columns
 * @param path the column of the path, from 0
 * @param label the column of the class, from 0; negative if there is none
 * @param mayBeNumbers whether digits in the class column are class numbers rather than names
 * @param heading whether the first row names the columns
 */
public record PictureCsvColumns(
    int count, int path, int label, boolean mayBeNumbers, boolean heading) {
  private static final List<String> PATH =
      List.of("path", "file", "filename", "file_name", "image");
  private static final String NUMBERED = "label";
  private static final List<String> CLASS = List.of(NUMBERED, "wnid", "synset", "class");

  /**
   * Recognises the columns from the first row: a heading names a path column; without a heading the
   * columns are path and class, or only the path.
   *
   * @throws Failure of kind BAD_DATA if it fits neither
   */
  public static PictureCsvColumns of(List<String> firstRow, Location file) {
    List<String> names =
        firstRow.stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
    if (names.size() == 1 && names.get(0).indexOf(';') >= 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s, line 1: '%s' is separated by semicolons, as spreadsheets write lists in some languages; separate path and class with a comma or a tab"
              .formatted(file, firstRow.get(0).strip()));
    }
    int path = single(names, PATH, file);
    if (path >= 0) {
      int label = single(names, CLASS, file);
      boolean numbered = label >= 0 && names.get(label).equals(NUMBERED);
      return new PictureCsvColumns(names.size(), path, label, numbered, true);
    }
    if (names.size() > 2) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file
              + ", line 1: it has "
              + names.size()
              + " columns, but none is named 'path'. Add a heading that names a column of paths"
              + " and one of classes, such as path,label");
    }
    return new PictureCsvColumns(names.size(), 0, names.size() == 1 ? -1 : 1, true, false);
  }

  private static int single(List<String> names, List<String> known, Location file) {
    int[] places =
        IntStream.range(0, names.size()).filter(i -> known.contains(names.get(i))).toArray();
    if (places.length > 1) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s, line 1: the columns %d '%s' and %d '%s' mean the same; keep only one of them"
              .formatted(
                  file, places[0] + 1, names.get(places[0]), places[1] + 1, names.get(places[1])));
    }
    return places.length == 0 ? -1 : places[0];
  }

  public boolean hasClasses() {
    return label >= 0;
  }
}
