package dev.alexnet.ops.inspection;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.ops.console.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An inspected model for machines, and as a table.
 *
 * @param parameters how many values it learned
 * @param bytes of the SavedModel
 * @param operations of its graph
 */
record ModelFacts(
    String kind,
    Location directory,
    String preset,
    long parameters,
    int imageSize,
    int inputSize,
    int classes,
    long steps,
    long bytes,
    long operations,
    List<ModelInspection.Signature> signatures,
    String datasetHash,
    String savedModelHash,
    Map<String, String> settings) {

  static Inspection inspection(Location directory, ModelInspection inspected) {
    ModelDescription description = inspected.description();
    ModelFacts facts =
        new ModelFacts(
            "model",
            directory,
            description.preset(),
            description.parameters(),
            description.imageSize(),
            description.inputSize(),
            description.classes().size(),
            description.steps(),
            inspected.bytes(),
            inspected.operations(),
            inspected.signatures(),
            description.datasetHash(),
            description.savedModelHash(),
            description.settings());
    return new Inspection(
        facts.kind(),
        format("%s, %,d classes, %,d steps", facts.preset(), facts.classes(), facts.steps()),
        facts.table()::on,
        facts,
        inspected.findings());
  }

  private Table table() {
    Table table = new Table("model", directory.value());
    table.row("network", format("%s, %,d parameters", preset, parameters));
    table.row("classes", format("%,d", classes));
    table.row(
        "images",
        format("crops of %d × %d from %d × %d", inputSize, inputSize, imageSize, imageSize));
    table.row("training", format("%,d steps on the dataset of hash %s", steps, datasetHash));
    table.row("SavedModel", format("%,d bytes, %,d operations", bytes, operations));
    for (ModelInspection.Signature signature : signatures) {
      table.row(
          "signature " + signature.name(),
          tensors(signature.inputs()) + " → " + tensors(signature.outputs()));
    }
    return table;
  }

  private static String tensors(Map<String, String> tensors) {
    return tensors.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
