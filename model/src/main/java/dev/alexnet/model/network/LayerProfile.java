package dev.alexnet.model.network;

/**
 * The size and work of a layer, counted over both towers.
 *
 * @param name of the layer
 * @param side height and width of its output; 1 for dense layers
 * @param maps output maps or units
 * @param parameters weights and biases
 * @param multiplyAdds multiply-adds of convolutions and dense layers, which are nearly all, for one
 *     image, forward
 * @param crossingValues values sent between the towers' devices for one image, forward; the
 *     backward pass sends as many back
 */
public record LayerProfile(
    String name, int side, int maps, long parameters, long multiplyAdds, long crossingValues) {

  /** How many values it outputs for one image. */
  public long values() {
    return (long) side * side * maps;
  }
}
