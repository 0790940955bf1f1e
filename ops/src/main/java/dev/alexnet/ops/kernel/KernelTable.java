package dev.alexnet.ops.kernel;

import dev.alexnet.model.network.Pass;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The errors of operations: a table for each preset, precision and device, of the layers that no
 * preset before it has.
 */
public final class KernelTable {
  private static final String EXPLANATION =
      """
      The errors of TensorFlow's own operations: forward, and gradients by input,
      weights and biases. * marks a wrong operation that is computed in another form,
      ! one that is wrong in every form. A layer that several presets share is listed
      under the first of them.
      """;

  private KernelTable() {}

  private record Row(String layer, String shapes, String precision, String device) {}

  public static String of(List<CheckedKernel> kernels, Screen screen) {
    Map<Row, List<CheckedKernel>> rows = new LinkedHashMap<>();
    for (CheckedKernel kernel : kernels) {
      Row row = new Row(kernel.layer(), kernel.shapes(), kernel.precision(), kernel.device());
      rows.computeIfAbsent(row, none -> new ArrayList<>()).add(kernel);
    }
    Map<String, Table> tables = new LinkedHashMap<>();
    rows.forEach(
        (row, ofRow) ->
            tables
                .computeIfAbsent(
                    ofRow.get(0).preset() + " in " + row.precision() + " on " + row.device(),
                    heading ->
                        new Table("layer", "shapes", "forward", "input", "weights", "biases"))
                .row(
                    row.layer(),
                    row.shapes(),
                    error(ofRow, Pass.FORWARD),
                    error(ofRow, Pass.INPUT_GRADIENT),
                    error(ofRow, Pass.WEIGHT_GRADIENT),
                    error(ofRow, Pass.BIAS_GRADIENT)));
    StringBuilder text = new StringBuilder(EXPLANATION);
    tables.forEach(
        (heading, table) ->
            text.append('\n').append(heading).append(":\n").append(table.on(screen)));
    return text.toString();
  }

  private static String error(List<CheckedKernel> kernels, Pass pass) {
    return kernels.stream()
        .filter(kernel -> kernel.operation().equals(pass.name()))
        .findFirst()
        .map(KernelTable::error)
        .orElse("");
  }

  private static String error(CheckedKernel kernel) {
    String error =
        kernel.usualError() == 0 ? "0" : String.format(Locale.ROOT, "%.1e", kernel.usualError());
    return error + (kernel.form() == null ? "!" : kernel.isUsual() ? "" : "*");
  }
}
