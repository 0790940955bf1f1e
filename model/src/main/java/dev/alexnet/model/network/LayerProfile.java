package dev.alexnet.model.network;

/**
 * What a layer is worth, counted over both towers.
 *
 * @param name of the layer
 * @param side height and width of its output; 1 for dense layers
 * @param maps output maps or units
 * @param parameters weights and biases
 * @param multiplyAdds multiplications with an addition for one image, forward; those of
 *     convolutions and dense layers, which is nearly all
 * @param crossingValues numbers that go from a tower's device to the other's for one image,
 *     forward; as many come back in the backward pass
 */
public record LayerProfile(
    String name, int side, int maps, long parameters, long multiplyAdds, long crossingValues) {

  /** How many numbers it gives out for one image. */
  public long values() {
    return (long) side * side * maps;
  }
}
