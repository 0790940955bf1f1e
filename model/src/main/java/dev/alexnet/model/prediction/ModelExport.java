package dev.alexnet.model.prediction;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.MeanImage;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.protobuf.StableBytes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a trained network as a SavedModel whose parameters are constants: one self-contained file
 * that loads without restoring, and whose kernels may prepare the weights once.
 */
public final class ModelExport {
  static final String SAVED_MODEL = "saved_model.pb";
  static final String TAG = "serve";

  /** The suffix of the name of a parameter's constant. */
  static final String VALUE = "/value";

  private ModelExport() {}

  /**
   * The properties of a model that are not part of its network.
   *
   * @param labels its classes
   * @param mean of the training set
   * @param steps how many steps it was trained
   * @param datasetHash of the training set
   * @param settings of the training, by name
   * @param replacedOperations why some operations of the training were computed in another form
   */
  public record Facts(
      Labels labels,
      MeanImage mean,
      long steps,
      String datasetHash,
      Map<String, String> settings,
      List<String> replacedOperations) {}

  /**
   * @param values returns the trained values of a parameter, in the order of its shape
   */
  public static ModelDescription write(
      ObjectStore store,
      Location directory,
      AlexNetSpec spec,
      Facts facts,
      Function<Parameter, float[]> values) {
    byte[] savedModel;
    long parameters;
    try (Graph graph = new Graph()) {
      InferenceGraph inference =
          InferenceGraph.build(
              graph,
              spec,
              facts.labels().size(),
              facts.mean(),
              Arithmetic.AS_IS,
              constants(values));
      savedModel = StableBytes.of(savedModel(graph, inference));
      parameters = inference.parameterCount();
    }
    ModelDescription description =
        new ModelDescription(
            ModelDescription.SCHEMA_VERSION,
            spec.name(),
            spec.imageSize(),
            spec.inputSize(),
            parameters,
            facts.labels().classes(),
            facts.steps(),
            facts.datasetHash(),
            Sha256.of(savedModel),
            facts.settings(),
            facts.replacedOperations());
    store.write(directory.resolve(SAVED_MODEL), savedModel);
    store.write(directory.resolve(ModelDescription.FILE), Json.document(description));
    store.deleteAbandoned(directory);
    return description;
  }

  /** Parameters as constants of the graph. */
  static ParameterValues constants(Function<Parameter, float[]> values) {
    return (tf, parameter) ->
        tf.withSubScope(scopeOf(parameter))
            .withName(VALUE.substring(1))
            .constant(parameter.shape(), DataBuffers.of(values.apply(parameter)));
  }

  /** The name of the constant that holds a parameter, such as {@code tower0/conv1/weights}. */
  static String constantOf(String parameter) {
    int kind = parameter.lastIndexOf('/');
    return parameter.substring(0, kind) + "_" + parameter.substring(kind + 1) + VALUE;
  }

  private static String scopeOf(Parameter parameter) {
    String constant = constantOf(parameter.name());
    return constant.substring(constant.indexOf('/') + 1, constant.length() - VALUE.length());
  }

  private static SavedModel savedModel(Graph graph, InferenceGraph inference) {
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(1)
        .addMetaGraphs(metaGraph(graph, inference))
        .build();
  }

  /** The network with its signatures, without devices. */
  static MetaGraphDef metaGraph(Graph graph, InferenceGraph inference) {
    GraphDef.Builder definition = graph.toGraphDef().toBuilder();
    // A model runs on whatever device its user has; the towers are placed on devices only for
    // training.
    definition.getNodeBuilderList().forEach(NodeDef.Builder::clearDevice);
    return MetaGraphDef.newBuilder()
        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags(TAG))
        .setGraphDef(definition)
        .putSignatureDef(InferenceGraph.FROM_FILES, inference.fromFiles())
        .putSignatureDef(InferenceGraph.FROM_PIXELS, inference.fromPixels())
        .putSignatureDef(InferenceGraph.OF_VIEWS, inference.ofViews())
        .build();
  }
}
