package dev.alexnet.model.network;

/**
 * An operation of a network that can be computed in another form than the rest.
 *
 * @param layer the layer's name
 */
public record LayerOperation(String layer, Pass pass, Precision precision) {

  /** How sentences write it: {@code the forward pass of conv1 in bf16}. */
  @Override
  public String toString() {
    return pass + " of " + layer + " in " + precision;
  }
}
