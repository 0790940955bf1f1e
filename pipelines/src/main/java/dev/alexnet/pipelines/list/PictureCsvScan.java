package dev.alexnet.pipelines.list;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.pipelines.classes.ClassFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a whole list of pictures once, before anything is written, and finds everything that would
 * label a picture wrongly.
 */
public final class PictureCsvScan implements PictureCsv.Reading {
  private static final int PROBLEMS_SHOWN = 10;

  // What pandas, R, spreadsheets and databases write for no value.
  private static final Set<String> MISSING = Set.of("nan", "na", "n/a", "#n/a", "<na>", "null");

  private final ObjectStore store;
  private final PictureCsv list;
  private final ClassFile classFile;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, First> firstOfPicture = new HashMap<>();
  private final TreeMap<Long, Long> repeated = new TreeMap<>();
  private final SortedSet<String> present = new TreeSet<>();
  private final SortedMap<Integer, String> wnidOfNumber = new TreeMap<>();
  private final SortedMap<Integer, String> integers = new TreeMap<>();
  private boolean onlyIntegers = true;
  private boolean anyFraction;
  private Boolean numbers;
  private int leastNumber = Integer.MAX_VALUE;
  private long rows;
  private First first;

  /** The first row that names a picture. */
  private record First(long line, String wnid) {}

  private PictureCsvScan(ObjectStore store, PictureCsv list, ClassFile classFile) {
    this.store = store;
    this.list = list;
    this.classFile = classFile;
  }

  /**
   * @param classFile gives the classes of the numbers in the list
   * @throws Failure of kind BAD_DATA with the lines and columns of the first ten errors
   */
  public static PictureCsvScan of(
      ObjectStore store, PictureCsv list, Optional<ClassFile> classFile) {
    PictureCsvScan scan = new PictureCsvScan(store, list, classFile.orElse(null));
    list.read(store, scan);
    scan.finish();
    return scan;
  }

  @Override
  public boolean row(PictureCsv.Row row) {
    Optional<PictureCsvPath> path = path(row);
    Optional<String> wnid = path.flatMap(found -> wnid(row));
    if (wnid.isPresent() && isOfOneClass(row, path.get(), wnid.get())) {
      rows++;
    }
    return problems.size() <= PROBLEMS_SHOWN;
  }

  private Optional<PictureCsvPath> path(PictureCsv.Row row) {
    String where = PictureCsv.at(row.line(), list.columns().path());
    try {
      PictureCsvPath path = PictureCsvPath.of(list.file(), row.path());
      // An unrecognised heading would become a picture and a class.
      if (rows == 0 && !list.columns().heading() && !store.exists(path.file())) {
        problem(
            where
                + ": there is no file "
                + path.file()
                + "; if this is the heading, one of its columns must be named 'path'");
        return Optional.empty();
      }
      return Optional.of(path);
    } catch (Failure e) {
      problem(where + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private boolean isOfOneClass(PictureCsv.Row row, PictureCsvPath path, String wnid) {
    First here = new First(row.line(), wnid);
    first = first == null ? here : first;
    First before = firstOfPicture.putIfAbsent(path.key(), here);
    if (before != null && !before.wnid.equals(wnid)) {
      problem(
          "%s: %s has the class '%s' here, but '%s' in line %d"
              .formatted(
                  PictureCsv.at(row.line(), list.columns().label()),
                  path.id(),
                  wnid,
                  before.wnid,
                  before.line));
      return false;
    }
    if (before != null) {
      repeated.put(rows, before.line);
    }
    if (list.columns().hasClasses()) {
      present.add(wnid);
    }
    return true;
  }

  /**
   * Empty if the class is unclear, which is then reported as a problem; an empty name if the list
   * has no classes.
   */
  private Optional<String> wnid(PictureCsv.Row row) {
    if (!list.columns().hasClasses()) {
      return Optional.of("");
    }
    String where = PictureCsv.at(row.line(), list.columns().label()) + ": ";
    boolean digits = PlainNumber.of(row.label()).isPresent();
    boolean number = digits && list.columns().mayBeNumbers();
    if (numbers == null) {
      numbers = number;
    }
    if (numbers != number) {
      problem(
          where
              + "'"
              + row.label()
              + (number
                  ? "' is a number, but the classes before are names"
                  : "' is a name, but the classes before are numbers"));
      return Optional.empty();
    }
    if (!number && isMissing(row.label())) {
      problem(
          where
              + "the class is '"
              + row.label()
              + "', which programs write if a value is missing; if it is a class, name it in a file"
              + " of classes and give that with --classes");
      return Optional.empty();
    }
    if (!number) {
      return Optional.of(name(row.label()));
    }
    if (classFile == null) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          list.file()
              + ", "
              + where
              + "it is unknown which class the number "
              + row.label()
              + " means. Give a file that defines it with --classes, such as the labels.txt of a"
              + " dataset; if numbers are the names of the classes, add a heading that names the"
              + " column 'class'");
    }
    OptionalInt whole = PlainNumber.whole(row.label());
    if (whole.isEmpty()) {
      problem(where + "'" + row.label() + "' is not a class number; it must be an integer");
      return Optional.empty();
    }
    int value = whole.getAsInt();
    if (!classFile.byNumber().containsKey(value)) {
      problem(
          "%s%s is not one of the classes %d to %d of %s"
              .formatted(
                  where,
                  row.label(),
                  classFile.byNumber().firstKey(),
                  classFile.byNumber().lastKey(),
                  classFile.file()));
      return Optional.empty();
    }
    leastNumber = Math.min(leastNumber, value);
    String wnid = classFile.byNumber().get(value).wnid();
    wnidOfNumber.put(value, wnid);
    return Optional.of(wnid);
  }

  private boolean isMissing(String label) {
    return MISSING.contains(label.toLowerCase(Locale.ROOT))
        && (classFile == null
            || classFile.byNumber().values().stream()
                .noneMatch(known -> known.wnid().equals(label)));
  }

  /** Returns the class name, and notes whether it is a number. */
  private String name(String label) {
    OptionalInt whole = PlainNumber.whole(label);
    onlyIntegers &= whole.isPresent();
    anyFraction |= label.indexOf('.') >= 0;
    whole.ifPresent(number -> integers.put(number, String.valueOf(number)));
    return label;
  }

  @Override
  public void problem(String problem) {
    if (problems.size() <= PROBLEMS_SHOWN) {
      problems.add(problem);
    }
  }

  private void finish() {
    if (!problems.isEmpty()) {
      boolean more = problems.size() > PROBLEMS_SHOWN;
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has errors; nothing was converted:\n  %s%s"
              .formatted(
                  list.file(),
                  String.join(
                      "\n  ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()))),
                  more ? "\n  and more" : ""));
    }
    if (rows == 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          list.file() + " has no row below its heading, so it lists no picture");
    }
    // Some programs write integers as 2.0 if a value in the column is missing; 2 is the same class.
    if (Boolean.FALSE.equals(numbers) && onlyIntegers && anyFraction) {
      wnidOfNumber.putAll(integers);
      present.clear();
      present.addAll(integers.values());
    }
    if (Boolean.TRUE.equals(numbers) && classFile.strayLine() > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s, line %d: it has a number that differs from its place counted from 0, so a number in %s may mean either of two classes. Add a heading (label, wnid and name, separated by tabs) as the first line of %s, and under 'label' write the numbers that the list uses"
              .formatted(classFile.file(), classFile.strayLine(), list.file(), classFile.file()));
    }
    // A list that counts from 1 would silently shift every label by one.
    if (Boolean.TRUE.equals(numbers) && !classFile.numbered() && leastNumber > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "The lowest class number in %s is %d, but the lines of %s count from 0, so the list may"
                  .formatted(list.file(), leastNumber, classFile.file())
              + " count from 1. Write the numbers into that file: the heading label, wnid, name,"
              + " separated by tabs, and a line such as "
              + leastNumber
              + ", n01440764, tench for each class");
    }
  }

  public PictureCsv list() {
    return list;
  }

  public long rows() {
    return rows;
  }

  /** The line of the first picture. */
  public long firstLine() {
    return first.line;
  }

  /** The class of the first picture; empty if the list has no classes. */
  public String firstClass() {
    OptionalInt whole = PlainNumber.whole(first.wnid);
    return whole.isPresent() && integers.equals(wnidOfNumber)
        ? wnidOfNumber.getOrDefault(whole.getAsInt(), first.wnid)
        : first.wnid;
  }

  /** The classes of the pictures, sorted. */
  public SortedSet<String> present() {
    return present;
  }

  /** The class of each number in the list; empty if it uses names. */
  public SortedMap<Integer, String> wnidOfNumber() {
    return wnidOfNumber;
  }

  /** The rows, from 0, whose picture is already in an earlier line, with that line. */
  public SortedMap<Long, Long> repeated() {
    return repeated;
  }

  public String description() {
    PictureCsvColumns columns = list.columns();
    String classes =
        columns.hasClasses()
            ? ", %s of classes in column %d"
                .formatted(Boolean.TRUE.equals(numbers) ? "numbers" : "names", columns.label() + 1)
            : ", no classes";
    return String.format(
        Locale.ROOT,
        "list %s of %s, paths in column %d%s, %s heading",
        list.file().name(),
        Quantity.of(rows, "picture"),
        columns.path() + 1,
        classes,
        columns.heading() ? "with a" : "without a");
  }
}
