package dev.alexnet.model.prediction;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.session.GpuEnvironment;
import dev.alexnet.model.session.SessionConfigurations;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A model's SavedModel, read and verified; it can be loaded on any number of devices.
 *
 * <p>TensorFlow's own loader takes local directories only and keeps a second copy of all weights in
 * the heap for as long as the model is used. These models have no variables, so only their graph
 * has to be loaded.
 */
record ModelFile(Location place, ModelDescription description, MetaGraphDef graph) {

  /**
   * @throws Failure of kind INPUT_MISSING if there is none, BAD_DATA if its files are not those
   *     that its description names, or not a model of this program
   */
  static ModelFile read(ObjectStore store, Location directory) {
    ModelDescription description = Predictor.describe(store, directory);
    Location file = directory.resolve(ModelExport.SAVED_MODEL);
    byte[] bytes = store.readAll(file);
    description.requireOwn(bytes, file);
    MetaGraphDef graph = served(bytes, file);
    requireSignature(graph, file);
    requireInputs(graph, InferenceGraph.FROM_FILES, Set.of(InferenceGraph.IMAGES), file);
    requireInputs(
        graph, InferenceGraph.OF_VIEWS, Set.of(InferenceGraph.IMAGES, InferenceGraph.VIEWS), file);
    requireTensors(graph, file);
    return new ModelFile(file, description, graph);
  }

  private static MetaGraphDef served(byte[] bytes, Location file) {
    try {
      // The weights are not copied.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      input.enableAliasing(true);
      return SavedModel.parseFrom(input).getMetaGraphsList().stream()
          .filter(graph -> graph.getMetaInfoDef().getTagsList().contains(ModelExport.TAG))
          .findFirst()
          .orElseThrow(
              () ->
                  new Failure(
                      Failure.Kind.BAD_DATA,
                      file + " does not load: it has no graph with the tag " + ModelExport.TAG));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + " does not load: it is not a SavedModel: " + e.getMessage(),
          e);
    }
  }

  private static void requireSignature(MetaGraphDef graph, Location file) {
    SignatureDef signature = signature(graph, InferenceGraph.FROM_FILES);
    if (!signature.containsInputs(InferenceGraph.IMAGES)
        || !signature.containsOutputs(InferenceGraph.PROBABILITIES)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          ("%s has no signature '%s' with the input '%s' and the output '%s'; it is not a "
                  + "model of this program. Give a directory that 'alexnet train' exported")
              .formatted(
                  file,
                  InferenceGraph.FROM_FILES,
                  InferenceGraph.IMAGES,
                  InferenceGraph.PROBABILITIES));
    }
  }

  /** An input that is not fed would make every image fail, as if none could be decoded. */
  private static void requireInputs(
      MetaGraphDef graph, String name, Set<String> known, Location file) {
    signature(graph, name).getInputsMap().keySet().stream()
        .filter(input -> !known.contains(input))
        .sorted()
        .findFirst()
        .ifPresent(
            input -> {
              throw new Failure(
                  Failure.Kind.BAD_DATA,
                  ("%s: its signature '%s' needs the input '%s', which is unknown; it is not a "
                          + "model of this program. Give a directory that 'alexnet train' exported")
                      .formatted(file, name, input));
            });
  }

  private static void requireTensors(MetaGraphDef graph, Location file) {
    Set<String> operations =
        graph.getGraphDef().getNodeList().stream()
            .map(NodeDef::getName)
            .collect(Collectors.toSet());
    graph
        .getSignatureDefMap()
        .forEach(
            (name, signature) ->
                Stream.of(signature.getInputsMap(), signature.getOutputsMap())
                    .flatMap(tensors -> tensors.values().stream())
                    .map(TensorInfo::getName)
                    .filter(tensor -> !operations.contains(tensor.split(":", 2)[0]))
                    .findFirst()
                    .ifPresent(
                        tensor -> {
                          throw new Failure(
                              Failure.Kind.BAD_DATA,
                              "%s: its signature '%s' names the tensor %s, which its graph does not have. %s"
                                  .formatted(file, name, tensor, ModelDescription.REMEDY));
                        }));
  }

  static SignatureDef signature(MetaGraphDef graph, String name) {
    return graph.getSignatureDefOrDefault(name, SignatureDef.getDefaultInstance());
  }

  /**
   * Loads the model on a device, whose arithmetic is checked first.
   *
   * @throws Failure of kind BAD_DATA if TensorFlow rejects the graph, DEVICE if the device computes
   *     an operation wrongly in every form, MISMATCH if a GPU would compute in TF32
   */
  Predictor on(Device device, ModelArithmetic arithmetic) {
    if (device.gpu()) {
      GpuEnvironment.ofThisProcess().requireExactFloat32("");
    }
    ConfigProto configuration = configuration(device);
    Arithmetic chosen = arithmetic.of(description, device, configuration);
    MetaGraphDef computed =
        chosen.replaced().isEmpty()
            ? graph
            : new RebuiltModel(place, description, graph.getGraphDef()).by(chosen);
    Graph loaded = new Graph();
    try {
      loaded.importGraphDef(placed(computed.getGraphDef(), device));
      return new Predictor(
          description,
          loaded,
          new Session(loaded, false, configuration),
          signature(computed, InferenceGraph.FROM_FILES),
          signature(computed, InferenceGraph.OF_VIEWS));
    } catch (TensorFlowException | IllegalArgumentException e) {
      loaded.close();
      throw new Failure(Failure.Kind.BAD_DATA, place + " does not load: " + e.getMessage(), e);
    }
  }

  private static ConfigProto configuration(Device device) {
    return SessionConfigurations.onDevices()
        // Operations without a GPU kernel, such as decoding, stay on the CPU.
        .setAllowSoftPlacement(true)
        .putDeviceCount("CPU", device.gpu() ? 1 : device.index() + 1)
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriting(device)))
        .build();
  }

  /**
   * Rewriting a graph with 240 MB of constants takes ten seconds of processor time at the first
   * batch. On a GPU it changes the layout of pixels to the one that convolutions need there; on the
   * CPU it makes batches no faster.
   */
  private static RewriterConfig rewriting(Device device) {
    return RewriterConfig.newBuilder().setDisableMetaOptimizer(!device.gpu()).build();
  }

  static GraphDef placed(GraphDef definition, Device device) {
    GraphDef.Builder placed = definition.toBuilder();
    placed.getNodeBuilderList().forEach(node -> node.setDevice("/" + device.tensorflowName()));
    return placed.build();
  }
}
