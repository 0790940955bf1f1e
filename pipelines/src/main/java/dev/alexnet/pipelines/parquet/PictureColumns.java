package dev.alexnet.pipelines.parquet;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.NameList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.Type;

/**
 * The columns of pictures in a Parquet file, as Hugging Face's libraries write them: a structure of
 * {@code bytes} and {@code path}, and a number for the class.
 *
 * @param path null if there is no such column
 * @param label null if there is no such column
 * @param names of the classes, by label; empty if the file does not tell them
 */
record PictureColumns(LeafColumn bytes, LeafColumn path, LeafColumn label, List<String> names) {
  private static final Set<String> USUAL_PICTURES = Set.of("image", "img");
  private static final Set<String> USUAL_LABELS = Set.of("label", "labels");

  PictureColumns {
    names = List.copyOf(names);
  }

  /**
   * @throws Failure of kind BAD_DATA if the file has no pictures, or it is not clear which column
   *     has them or their classes
   */
  static PictureColumns of(ParquetFooter footer) {
    List<LeafColumn> pictures =
        footer.leaves().stream()
            .filter(leaf -> leaf.type() == Type.BYTE_ARRAY && leaf.repetition() == 0)
            .filter(leaf -> leaf.path().size() == 2 && leaf.path().get(1).equals("bytes"))
            .toList();
    LeafColumn bytes = only(footer, pictures, USUAL_PICTURES, "pictures");
    if (bytes == null) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has no column of pictures, which is a structure of bytes and path as Hugging Face writes it. It has %s"
              .formatted(footer.file(), NameList.of(names(footer.leaves()))));
    }
    ClassLabels classes = ClassLabels.of(footer);
    LeafColumn path = leaf(footer, List.of(bytes.path().get(0), "path")).orElse(null);
    LeafColumn label = label(footer, classes);
    return new PictureColumns(
        bytes,
        path != null && path.type() == Type.BYTE_ARRAY ? path : null,
        label,
        label == null ? List.of() : classes.names(label.path().get(0)));
  }

  private static LeafColumn label(ParquetFooter footer, ClassLabels classes) {
    List<LeafColumn> numbers =
        footer.leaves().stream()
            .filter(leaf -> leaf.path().size() == 1 && leaf.repetition() == 0)
            .filter(LeafColumn::isWholeNumber)
            .toList();
    List<LeafColumn> described =
        numbers.stream().filter(leaf -> classes.describes(leaf.path().get(0))).toList();
    return described.isEmpty()
        ? numbers.stream()
            .filter(leaf -> USUAL_LABELS.contains(leaf.path().get(0)))
            .findFirst()
            .orElse(null)
        : only(footer, described, USUAL_LABELS, "labels");
  }

  private static LeafColumn only(
      ParquetFooter footer, List<LeafColumn> columns, Set<String> usual, String what) {
    List<LeafColumn> chosen =
        columns.size() < 2
            ? columns
            : columns.stream().filter(leaf -> usual.contains(leaf.path().get(0))).toList();
    if (columns.size() > 1 && chosen.size() != 1) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has more than one column of %s: %s. Write it again with the one that you mean, named %s"
              .formatted(
                  footer.file(),
                  what,
                  NameList.of(names(columns)),
                  usual.stream().sorted().findFirst().orElseThrow()));
    }
    return chosen.isEmpty() ? null : chosen.get(0);
  }

  private static Optional<LeafColumn> leaf(ParquetFooter footer, List<String> path) {
    return footer.leaves().stream().filter(leaf -> leaf.path().equals(path)).findFirst();
  }

  private static List<String> names(List<LeafColumn> leaves) {
    return leaves.stream().map(LeafColumn::name).toList();
  }
}
