package dev.alexnet.model.prediction;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;

/**
 * The filters of a model's first convolution, the only ones that see pixels and so can be viewed as
 * pictures.
 *
 * @param side height and width of each
 * @param towers the filters of each tower; each filter is {@code [side, side, 3]}, RGB
 */
public record FirstFilters(int side, List<List<float[]>> towers) {
  private static final String CONVOLUTION = "tower%d/forward/conv1/Conv2d";
  private static final int CHANNELS = 3;
  private static final float LEVELS = 255;

  public FirstFilters {
    towers = towers.stream().map(List::copyOf).toList();
  }

  /** The greatest absolute value in any of them. */
  public float greatest() {
    float greatest = 0;
    for (List<float[]> tower : towers) {
      for (float[] filter : tower) {
        for (float value : filter) {
          greatest = Math.max(greatest, Math.abs(value));
        }
      }
    }
    return greatest;
  }

  /**
   * Reads them from an exported model, without loading it into TensorFlow.
   *
   * @throws Failure of kind INPUT_MISSING if there is no model, BAD_DATA if it is damaged or not an
   *     AlexNet
   */
  public static FirstFilters of(ObjectStore store, Location directory) {
    ModelDescription description = Predictor.describe(store, directory);
    Location file = directory.resolve(ModelExport.SAVED_MODEL);
    byte[] content = store.readAll(file);
    description.requireOwn(content, file);
    Map<String, NodeDef> nodes = nodes(content, file);
    List<List<float[]>> towers = new ArrayList<>();
    int side = 0;
    NodeDef convolution = nodes.get(String.format(CONVOLUTION, 0));
    while (convolution != null) {
      NodeDef weights = nodes.get(convolution.getInput(1));
      if (weights == null || !weights.getOp().equals("Const")) {
        break;
      }
      TensorProto tensor = weights.getAttrOrThrow("value").getTensor();
      side = (int) tensor.getTensorShape().getDim(0).getSize();
      towers.add(filters(ExportedParameters.values(tensor), side));
      convolution = nodes.get(String.format(CONVOLUTION, towers.size()));
    }
    if (towers.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + " has no constant filters of conv1; it was not exported by 'alexnet train'");
    }
    return new FirstFilters(side, towers);
  }

  /**
   * @param side height and width of each filter
   * @param weights of each tower, {@code [side, side, 3, maps]}
   */
  public static FirstFilters ofWeights(int side, List<float[]> weights) {
    return new FirstFilters(side, weights.stream().map(tower -> filters(tower, side)).toList());
  }

  /** A tower's filters as pictures. All towers share a scale on which 0 is grey. */
  public List<BufferedImage> pictures(int tower) {
    float greatest = greatest();
    float scale = greatest == 0 ? 0 : LEVELS / 2 / greatest;
    return towers.get(tower).stream().map(filter -> picture(filter, scale)).toList();
  }

  private BufferedImage picture(float[] filter, float scale) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int rgb = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        rgb = rgb << 8 | Math.round(LEVELS / 2 + scale * filter[CHANNELS * i + channel]);
      }
      image.setRGB(i % side, i / side, rgb);
    }
    return image;
  }

  private static Map<String, NodeDef> nodes(byte[] content, Location file) {
    Map<String, NodeDef> nodes = new HashMap<>();
    try {
      for (MetaGraphDef graph : SavedModel.parseFrom(content).getMetaGraphsList()) {
        graph.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new Failure(Failure.Kind.BAD_DATA, file + " is not a SavedModel: " + e.getMessage(), e);
    }
    return nodes;
  }

  /**
   * @param values {@code [side, side, 3, maps]}
   */
  private static List<float[]> filters(float[] values, int side) {
    int pixels = side * side * CHANNELS;
    int maps = values.length / pixels;
    List<float[]> filters = new ArrayList<>();
    for (int map = 0; map < maps; map++) {
      float[] filter = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        filter[i] = values[i * maps + map];
      }
      filters.add(filter);
    }
    return filters;
  }
}
