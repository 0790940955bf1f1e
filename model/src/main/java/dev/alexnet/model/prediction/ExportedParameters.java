package dev.alexnet.model.prediction;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/** The parameters of an exported model, read from its constants without loading it. */
public final class ExportedParameters {
  private final Map<String, TensorProto> constants;

  private ExportedParameters(Map<String, TensorProto> constants) {
    this.constants = constants;
  }

  /**
   * @throws Failure of kind INPUT_MISSING if there is no model, BAD_DATA if it is damaged or its
   *     constants have no names
   */
  public static ExportedParameters of(ObjectStore store, Location directory) {
    ModelDescription description = Predictor.describe(store, directory);
    Location file = directory.resolve(ModelExport.SAVED_MODEL);
    byte[] content = store.readAll(file);
    description.requireOwn(content, file);
    Map<String, TensorProto> constants = new HashMap<>();
    for (MetaGraphDef graph : parse(content, file).getMetaGraphsList()) {
      for (NodeDef node : graph.getGraphDef().getNodeList()) {
        if (node.getOp().equals("Const") && node.getName().endsWith(ModelExport.VALUE)) {
          constants.put(node.getName(), node.getAttrOrThrow("value").getTensor());
        }
      }
    }
    if (constants.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file
              + " does not name its parameters: an older version of this program exported it. Use a"
              + " checkpoint of its training, or train again");
    }
    return new ExportedParameters(constants);
  }

  private static SavedModel parse(byte[] content, Location file) {
    try {
      // The values are not copied until they are requested.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(content).newCodedInput();
      input.enableAliasing(true);
      return SavedModel.parseFrom(input);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.BAD_DATA, file + " is not a SavedModel: " + e.getMessage(), e);
    }
  }

  /**
   * @param name such as {@code tower0/conv1/weights}
   */
  public Optional<FloatNdArray> find(String name) {
    return Optional.ofNullable(constants.get(ModelExport.constantOf(name)))
        .map(ExportedParameters::array);
  }

  private static FloatNdArray array(TensorProto tensor) {
    return NdArrays.wrap(shape(tensor), DataBuffers.of(values(tensor)));
  }

  private static Shape shape(TensorProto tensor) {
    return Shape.of(
        tensor.getTensorShape().getDimList().stream().mapToLong(d -> d.getSize()).toArray());
  }

  /** The values of a constant; if all are equal, TensorFlow stores only one. */
  static float[] values(TensorProto tensor) {
    float[] values = new float[Math.toIntExact(shape(tensor).size())];
    ByteString bytes = tensor.getTensorContent();
    if (bytes.isEmpty()) {
      Arrays.fill(values, tensor.getFloatValCount() == 0 ? 0 : tensor.getFloatVal(0));
    } else {
      bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }
    return values;
  }
}
