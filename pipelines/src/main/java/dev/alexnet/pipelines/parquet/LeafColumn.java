package dev.alexnet.pipelines.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column of values in a file's schema.
 *
 * @param index its place among the columns of a row group
 * @param path its name, after those of the structures that it is in
 * @param definition how many of these may be null
 * @param repetition how many of these are lists
 */
record LeafColumn(int index, List<String> path, Type type, int definition, int repetition) {
  LeafColumn {
    path = List.copyOf(path);
  }

  /**
   * The columns of a schema, in the order of the file.
   *
   * @param schema in depth-first order, as the file's footer has it
   * @throws IllegalArgumentException if its numbers of children contradict its length
   */
  static List<LeafColumn> of(List<SchemaElement> schema) {
    List<LeafColumn> leaves = new ArrayList<>();
    int next = 1;
    for (int child = 0; child < schema.get(0).getNum_children(); child++) {
      next = add(schema, next, List.of(), 0, 0, leaves);
    }
    if (next != schema.size()) {
      throw new IllegalArgumentException("its schema has more elements than its tree");
    }
    return leaves;
  }

  /** Returns the place after an element and all below it. */
  private static int add(
      List<SchemaElement> schema,
      int place,
      List<String> parents,
      int definition,
      int repetition,
      List<LeafColumn> leaves) {
    if (place >= schema.size()) {
      throw new IllegalArgumentException("its schema ends too early");
    }
    SchemaElement element = schema.get(place);
    List<String> path = new ArrayList<>(parents);
    path.add(element.getName());
    FieldRepetitionType kind = element.getRepetition_type();
    int defined = definition + (kind == FieldRepetitionType.REQUIRED ? 0 : 1);
    int repeated = repetition + (kind == FieldRepetitionType.REPEATED ? 1 : 0);
    if (element.isSetType()) {
      leaves.add(new LeafColumn(leaves.size(), path, element.getType(), defined, repeated));
      return place + 1;
    }
    int next = place + 1;
    for (int child = 0; child < element.getNum_children(); child++) {
      next = add(schema, next, path, defined, repeated, leaves);
    }
    return next;
  }

  /** Its names, joined by dots. */
  String name() {
    return String.join(".", path);
  }

  boolean isWholeNumber() {
    return type == Type.INT64 || type == Type.INT32;
  }

  /** The library has two names for each type. */
  private PrimitiveTypeName primitive() {
    return type == Type.BYTE_ARRAY
        ? PrimitiveTypeName.BINARY
        : PrimitiveTypeName.valueOf(type.name());
  }

  ColumnDescriptor descriptor() {
    return new ColumnDescriptor(
        path.toArray(String[]::new),
        new PrimitiveType(Repetition.OPTIONAL, primitive(), path.get(path.size() - 1)),
        repetition,
        definition);
  }
}
