package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;

/**
 * The shape of one tower's activations of one image: {@code [side, side, maps]}. Dense layers have
 * a side of 1.
 */
public record MapShape(int side, int maps) {

  public int values() {
    return side * side * maps;
  }

  /** The side after a convolution, rounded up as the original program does. */
  public static int convolutionSide(int side, LayerSpec.Convolution layer) {
    int steps = (side + 2 * layer.padding() - layer.kernel() + layer.stride() - 1) / layer.stride();
    if (side + 2 * layer.padding() < layer.kernel()) {
      throw tooSmall(layer.name(), side);
    }
    return 1 + steps;
  }

  /**
   * How many rows and columns of zeros the last window of a convolution needs at the bottom and
   * right.
   */
  public static int missingAtEnd(int side, LayerSpec.Convolution layer) {
    int covered = (convolutionSide(side, layer) - 1) * layer.stride() + layer.kernel();
    return covered - side - 2 * layer.padding();
  }

  /**
   * The side after pooling. The last windows of 2 × 2 every 2 pixels may reach beyond the map, as
   * in the original program; others must fit exactly.
   */
  public static int poolingSide(int side, LayerSpec.MaxPooling layer) {
    if (side < layer.size()) {
      throw tooSmall(layer.name(), side);
    }
    if (layer.size() == 2 && layer.stride() == 2) {
      return (side + 1) / 2;
    }
    if ((side - layer.size()) % layer.stride() != 0) {
      throw new Failure(
          Failure.Kind.USAGE,
          layer.name()
              + " pools maps of side "
              + side
              + " in windows of "
              + layer.size()
              + " every "
              + layer.stride()
              + ", which do not fit exactly; choose another input size");
    }
    return 1 + (side - layer.size()) / layer.stride();
  }

  @Override
  public String toString() {
    return side == 1 ? Integer.toString(maps) : side + "x" + side + "x" + maps;
  }

  private static Failure tooSmall(String layer, int side) {
    return new Failure(
        Failure.Kind.USAGE,
        layer + " gets maps of side " + side + ", smaller than its window; use a larger input");
  }
}
