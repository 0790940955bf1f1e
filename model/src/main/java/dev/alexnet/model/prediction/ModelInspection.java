package dev.alexnet.model.prediction;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What a model's directory contains, and every problem with it.
 *
 * @param description of the model
 * @param bytes the length of the SavedModel
 * @param operations how many operations its graph has
 * @param signatures in the order of their names
 * @param findings about the SavedModel
 */
public record ModelInspection(
    ModelDescription description,
    long bytes,
    long operations,
    List<Signature> signatures,
    List<Finding> findings) {

  /**
   * How to call the model.
   *
   * @param inputs by name: type and shape, such as {@code float [?, 224, 224, 3]}
   * @param outputs by name, in the same form
   */
  public record Signature(String name, Map<String, String> inputs, Map<String, String> outputs) {}

  /** Whether a model is at the location. */
  public static boolean isAt(ObjectStore store, Location directory) {
    return store.exists(directory.resolve(ModelDescription.FILE));
  }

  /**
   * Reads every byte of a model.
   *
   * @throws Failure of kind BAD_DATA if its description cannot be read
   */
  public static ModelInspection of(ObjectStore store, Location directory) {
    ModelDescription description = Predictor.describe(store, directory);
    Location file = directory.resolve(ModelExport.SAVED_MODEL);
    if (!store.exists(file)) {
      Finding finding = Finding.of(file, "it is missing; train again to export it");
      return new ModelInspection(description, 0, 0, List.of(), List.of(finding));
    }
    List<Finding> findings = new ArrayList<>();
    byte[] content = store.readAll(file);
    if (!Sha256.of(content).equals(description.savedModelHash())) {
      findings.add(
          Finding.of(
              file,
              "its SHA-256 is not the one in "
                  + ModelDescription.FILE
                  + "; it was changed after it was written"));
    }
    MetaGraphDef graph = graph(file, content, findings);
    for (String name : List.of(InferenceGraph.FROM_FILES, InferenceGraph.FROM_PIXELS)) {
      if (!graph.containsSignatureDef(name)) {
        findings.add(Finding.of(file, "it has no signature '" + name + "'"));
      }
    }
    return new ModelInspection(
        description,
        content.length,
        graph.getGraphDef().getNodeCount(),
        new TreeMap<>(graph.getSignatureDefMap())
            .entrySet().stream().map(entry -> signature(entry.getKey(), entry.getValue())).toList(),
        findings);
  }

  private static MetaGraphDef graph(Location file, byte[] content, List<Finding> findings) {
    try {
      for (MetaGraphDef graph : SavedModel.parseFrom(content).getMetaGraphsList()) {
        if (graph.getMetaInfoDef().getTagsList().contains(ModelExport.TAG)) {
          return graph;
        }
      }
      findings.add(Finding.of(file, "it has no graph with the tag '" + ModelExport.TAG + "'"));
    } catch (InvalidProtocolBufferException e) {
      findings.add(Finding.of(file, "it is not a SavedModel: " + e.getMessage()));
    }
    return MetaGraphDef.getDefaultInstance();
  }

  private static Signature signature(String name, SignatureDef definition) {
    return new Signature(
        name, tensors(definition.getInputsMap()), tensors(definition.getOutputsMap()));
  }

  private static Map<String, String> tensors(Map<String, TensorInfo> infos) {
    Map<String, String> tensors = new TreeMap<>();
    infos.forEach((name, info) -> tensors.put(name, typeOf(info)));
    return tensors;
  }

  private static String typeOf(TensorInfo info) {
    String type = info.getDtype().name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
    String shape =
        info.getTensorShape().getDimList().stream()
            .map(dimension -> dimension.getSize() < 0 ? "?" : String.valueOf(dimension.getSize()))
            .collect(Collectors.joining(", ", "[", "]"));
    return type + " " + (info.getTensorShape().getUnknownRank() ? "of any shape" : shape);
  }
}
