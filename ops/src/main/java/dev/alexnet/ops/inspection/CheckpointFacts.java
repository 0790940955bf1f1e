package dev.alexnet.ops.inspection;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import dev.alexnet.ops.console.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Inspected checkpoints for machines, and as a table.
 *
 * @param newestSound the directory that training continues from; null if none is sound
 */
record CheckpointFacts(
    String kind, Location directory, Location newestSound, List<CheckpointInspection> checkpoints) {

  static Inspection inspection(Location directory, List<CheckpointInspection> checkpoints) {
    Location newestSound =
        checkpoints.stream()
            .filter(checkpoint -> checkpoint.findings().isEmpty())
            .reduce((older, newer) -> newer)
            .map(CheckpointInspection::directory)
            .orElse(null);
    List<Finding> findings =
        checkpoints.stream().flatMap(checkpoint -> checkpoint.findings().stream()).toList();
    long sound = checkpoints.stream().filter(each -> each.findings().isEmpty()).count();
    return new Inspection(
        "checkpoints",
        format("%,d sound of %,d", sound, checkpoints.size()),
        table(checkpoints)::on,
        new CheckpointFacts("checkpoints", directory, newestSound, checkpoints),
        findings);
  }

  private static Table table(List<CheckpointInspection> checkpoints) {
    Table table =
        new Table("checkpoint", "step", "epoch", "rate of weights", "of biases", "bytes", "state")
            .numbers("step", "rate of weights", "of biases", "bytes");
    for (CheckpointInspection checkpoint : checkpoints) {
      boolean known = checkpoint.step() > 0;
      table.row(
          checkpoint.directory().value(),
          known ? format("%,d", checkpoint.step()) : "-",
          known ? format("%,d, %,d steps in", checkpoint.epoch(), checkpoint.stepInEpoch()) : "-",
          known ? rate(checkpoint.weightRate()) : "-",
          known ? rate(checkpoint.biasRate()) : "-",
          known ? format("%,d", checkpoint.bytes()) : "-",
          checkpoint.findings().isEmpty() ? "sound" : "damaged");
    }
    return table;
  }

  private static String rate(double rate) {
    return BigDecimal.valueOf(rate).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
