package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.ClassLabel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** Reads {@code meta.mat}, the devkit's table of classes: a MATLAB 5 file. */
final class MetaFile {
  private static final String VARIABLE = "synsets";
  private static final String ID = "ILSVRC2012_ID";
  private static final String WNID = "WNID";
  private static final String WORDS = "words";
  private static final String CHILDREN = "num_children";
  private static final List<String> FIELDS = List.of(ID, WNID, WORDS, CHILDREN);

  private MetaFile() {}

  /**
   * The classes: the synsets without children. The ids of the table are neither places in it nor
   * labels.
   *
   * @param where what to call the file in an error
   * @return by ILSVRC2012 id, from 1
   * @throws Failure of kind BAD_DATA where this is no such table
   */
  static Map<Integer, ClassLabel> read(byte[] file, String where) {
    // Closing the tables would empty them; they hold no resource but memory.
    Struct synsets = synsets(file, where);
    if (!synsets.getFieldNames().containsAll(FIELDS)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where
              + " has no ILSVRC2012 classes: its fields are "
              + String.join(", ", synsets.getFieldNames())
              + "; needed are "
              + String.join(", ", FIELDS)
              + ". Give the devkit of 2012 with --devkit.");
    }
    Map<Integer, ClassLabel> classes = new TreeMap<>();
    for (int row = 0; row < synsets.getNumElements(); row++) {
      if (number(synsets, CHILDREN, row) == 0) {
        ClassLabel label = new ClassLabel(text(synsets, WNID, row), text(synsets, WORDS, row));
        if (classes.put(number(synsets, ID, row), label) != null) {
          throw new Failure(
              Failure.Kind.BAD_DATA, where + " has two classes of one id, see " + label.wnid());
        }
      }
    }
    return classes;
  }

  private static Struct synsets(byte[] file, String where) {
    try {
      return Mat5.newReader(Sources.wrap(file)).readMat().getStruct(VARIABLE);
    } catch (IOException | RuntimeException e) {
      // The library answers damage with whatever its parsing runs into.
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " is no MATLAB 5 file with the table '" + VARIABLE + "': " + e.getMessage(),
          e);
    }
  }

  /** The class of a number differs from row to row: a MATLAB of 2012 stored the narrowest. */
  private static int number(Struct synsets, String field, int row) {
    return synsets.getMatrix(field, row).getInt(0);
  }

  private static String text(Struct synsets, String field, int row) {
    return synsets.getChar(field, row).getString();
  }
}
