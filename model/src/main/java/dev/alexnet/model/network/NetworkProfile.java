package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The size and work of a network, computed from its description: shapes, parameters,
 * multiplications and the traffic between its devices.
 *
 * @param layers in the order of the forward pass
 */
public record NetworkProfile(List<LayerProfile> layers) {
  private static final int IMAGE_CHANNELS = 3;

  /**
   * The passes of a training step over a layer: forward, and the gradients of inputs and weights.
   */
  private static final int PASSES = 3;

  private static final int OPERATIONS = 2;
  private static final int DIRECTIONS = 2;

  public NetworkProfile {
    layers = List.copyOf(layers);
  }

  /**
   * @param classes how many units the last layer has
   */
  public static NetworkProfile of(AlexNetSpec spec, int classes) {
    List<LayerProfile> profiles = new ArrayList<>();
    MapShape input = new MapShape(spec.inputSize(), IMAGE_CHANNELS);
    for (LayerSpec layer : spec.layers()) {
      LayerProfile profile = profile(layer, input, spec.towers(), classes);
      profiles.add(profile);
      input = new MapShape(profile.side(), profile.maps() / outputTowers(layer, spec.towers()));
    }
    return new NetworkProfile(profiles);
  }

  private static int outputTowers(LayerSpec layer, int towers) {
    return layer instanceof LayerSpec.Dense dense && dense.whole() ? 1 : towers;
  }

  private static LayerProfile profile(LayerSpec layer, MapShape input, int towers, int classes) {
    if (layer instanceof LayerSpec.Convolution convolution) {
      boolean joins = convolution.inputs() == LayerSpec.Inputs.BOTH;
      long kernel =
          (long) convolution.kernel() * convolution.kernel() * input.maps() * (joins ? towers : 1);
      int side = MapShape.convolutionSide(input.side(), convolution);
      return new LayerProfile(
          layer.name(),
          side,
          convolution.maps(),
          convolution.maps() * (kernel + 1),
          convolution.maps() * kernel * side * side,
          joins ? exchanged(input, towers) : 0);
    } else if (layer instanceof LayerSpec.Dense dense) {
      int units = dense.units() == 0 ? classes : dense.units();
      long inputs = (long) input.values() * towers;
      return new LayerProfile(
          layer.name(),
          1,
          units,
          units * (inputs + 1),
          units * inputs,
          dense.whole() ? exchanged(input, towers) / DIRECTIONS : exchanged(input, towers));
    } else if (layer instanceof LayerSpec.MaxPooling pooling) {
      return new LayerProfile(
          layer.name(),
          MapShape.poolingSide(input.side(), pooling),
          input.maps() * towers,
          0,
          0,
          0);
    }
    return new LayerProfile(layer.name(), input.side(), input.maps() * towers, 0, 0, 0);
  }

  /** Each tower receives what the other computed. */
  private static long exchanged(MapShape input, int towers) {
    return towers == 1 ? 0 : (long) DIRECTIONS * input.values();
  }

  public long parameters() {
    return sum(LayerProfile::parameters);
  }

  /** Units of convolutions and dense layers: what the paper counts as neurons. */
  public long neurons() {
    return layers.stream()
        .filter(layer -> layer.parameters() > 0)
        .mapToLong(LayerProfile::values)
        .sum();
  }

  /** Multiply-adds for one image, forward. */
  public long multiplyAdds() {
    return sum(LayerProfile::multiplyAdds);
  }

  /** Floating-point operations of a training step for one image, to a good approximation. */
  public long trainingOperations() {
    return OPERATIONS * PASSES * multiplyAdds();
  }

  /** Bytes sent between the devices in a float32 training step, both directions together. */
  public long crossingBytes(int batch) {
    return crossingBytes(batch, Precision.FP32);
  }

  /** The same in another precision. */
  public long crossingBytes(int batch, Precision precision) {
    return sum(LayerProfile::crossingValues) * DIRECTIONS * batch * precision.bytes();
  }

  private long sum(ToLongFunction<LayerProfile> property) {
    return layers.stream().mapToLong(property).sum();
  }
}
