package dev.alexnet.pipelines.devkit;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.ClassLabel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * {@code meta.mat}, the devkit's table of classes: a MATLAB 5 file.
 *
 * @param release the release that the classes belong to
 * @param classes the synsets without children, by the devkit's id, from 1; ids are neither places
 *     in the table nor labels
 * @param costs the costs of wrong guesses; empty in the file of 2012
 */
record MetaFile(
    IlsvrcRelease release, SortedMap<Integer, ClassLabel> classes, Optional<CostMatrix> costs) {
  private static final String VARIABLE = "synsets";
  private static final String WNID = "WNID";
  private static final String WORDS = "words";
  private static final String CHILDREN = "num_children";
  private static final List<String> COLUMNS = List.of(WNID, WORDS, CHILDREN);

  /**
   * @param accepted the accepted years
   * @param where the file's name in errors
   * @throws Failure of kind BAD_DATA if it is not such a table
   */
  static MetaFile read(byte[] file, List<IlsvrcRelease> accepted, String where) {
    // Closing the tables would empty them; they hold no resource but memory.
    Mat5File table = table(file, where);
    Struct synsets = synsets(table, where);
    IlsvrcRelease release =
        accepted.stream()
            .filter(year -> synsets.getFieldNames().contains(year.idColumn()))
            .filter(year -> synsets.getFieldNames().containsAll(COLUMNS))
            .findFirst()
            .orElseThrow(() -> noClasses(synsets.getFieldNames(), accepted, where));
    SortedMap<Integer, ClassLabel> classes = new TreeMap<>();
    for (int row = 0; row < synsets.getNumElements(); row++) {
      if (number(synsets, CHILDREN, row) == 0) {
        ClassLabel label = new ClassLabel(text(synsets, WNID, row), text(synsets, WORDS, row));
        if (classes.put(number(synsets, release.idColumn(), row), label) != null) {
          throw new Failure(
              Failure.Kind.BAD_DATA,
              where + " has two classes with the same id; see " + label.wnid());
        }
      }
    }
    return new MetaFile(release, classes, CostMatrix.find(table));
  }

  private static Failure noClasses(
      List<String> fields, List<IlsvrcRelease> accepted, String where) {
    String titles = String.join(" or ", accepted.stream().map(IlsvrcRelease::title).toList());
    String ids = String.join(" or ", accepted.stream().map(IlsvrcRelease::idColumn).toList());
    return new Failure(
        Failure.Kind.BAD_DATA,
        where
            + " has no classes of "
            + titles
            + ": its fields are "
            + String.join(", ", fields)
            + "; it needs "
            + ids
            + ", "
            + String.join(", ", COLUMNS)
            + ". Give the devkit of "
            + titles
            + " with --devkit.");
  }

  private static Mat5File table(byte[] file, String where) {
    try {
      return Mat5.newReader(Sources.wrap(file)).readMat();
    } catch (IOException | RuntimeException e) {
      // On damaged files the library throws whatever its parsing runs into.
      throw notATable(where, e);
    }
  }

  private static Struct synsets(Mat5File table, String where) {
    try {
      return table.getStruct(VARIABLE);
    } catch (RuntimeException e) {
      throw notATable(where, e);
    }
  }

  private static Failure notATable(String where, Exception e) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        where + " is not a MATLAB 5 file with the table '" + VARIABLE + "': " + e.getMessage(),
        e);
  }

  /**
   * The numeric type differs from row to row, because MATLAB stores each number in the narrowest
   * type.
   */
  private static int number(Struct synsets, String field, int row) {
    return synsets.getMatrix(field, row).getInt(0);
  }

  private static String text(Struct synsets, String field, int row) {
    return synsets.getChar(field, row).getString();
  }
}
