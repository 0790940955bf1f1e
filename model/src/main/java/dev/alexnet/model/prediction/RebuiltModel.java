package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.MeanImage;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * A model's network, rebuilt with its parameters for a processor that computes some operations
 * wrongly: a SavedModel has all operations in their usual form.
 */
final class RebuiltModel {
  private final Location place;
  private final ModelDescription description;
  private final Map<String, TensorProto> constants = new HashMap<>();

  /**
   * @param place of the file, for errors
   * @param graph as it was exported
   */
  RebuiltModel(Location place, ModelDescription description, GraphDef graph) {
    this.place = place;
    this.description = description;
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("Const")) {
        constants.put(node.getName(), node.getAttrOrThrow("value").getTensor());
      }
    }
  }

  /**
   * @throws Failure of kind BAD_DATA if the file does not name its constants
   */
  MetaGraphDef by(Arithmetic arithmetic) {
    AlexNetSpec network = ModelArithmetic.network(description);
    MeanImage mean = new MeanImage(network.inputSize(), constant(InferenceGraph.MEAN));
    try (Graph graph = new Graph()) {
      InferenceGraph inference =
          InferenceGraph.build(
              graph,
              network,
              description.classes().size(),
              mean,
              arithmetic,
              ModelExport.constants(
                  parameter -> constant(ModelExport.constantOf(parameter.name()))));
      return ModelExport.metaGraph(graph, inference);
    }
  }

  private float[] constant(String name) {
    TensorProto tensor = constants.get(name);
    if (tensor == null) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          place
              + " has no constant '"
              + name
              + "', which is needed to compute it in another form: an older version of this program"
              + " exported it. Export it again from its training's last checkpoint");
    }
    return ExportedParameters.values(tensor);
  }
}
