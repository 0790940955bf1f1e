package dev.alexnet.model.network;

import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import java.util.ArrayList;
import java.util.List;

/**
 * Pooling windows that do not overlap, as in configuration 147 of the original program: 2 × 2 every
 * 2 pixels. Their last row and column reach beyond a map of odd size, which makes the maps larger;
 * so the convolution after the first pooling and the one before the last get one pixel of padding
 * less. In the published network the sides are then 55, 28, 26, 13, 13, 13, 11, 6 instead of 55,
 * 27, 27, 13, 13, 13, 13, 6: the dense layers have the same inputs.
 */
final class SeparatePooling {
  private static final int SIDE = 2;

  private SeparatePooling() {}

  static List<LayerSpec> of(List<LayerSpec> layers) {
    List<LayerSpec> separate = new ArrayList<>(layers);
    int first = -1;
    int last = -1;
    for (int i = 0; i < separate.size(); i++) {
      if (separate.get(i) instanceof MaxPooling pooling) {
        separate.set(i, new MaxPooling(pooling.name(), SIDE, SIDE));
        first = first < 0 ? i : first;
        last = i;
      }
    }
    narrow(separate, convolution(separate, first, 1));
    narrow(separate, convolution(separate, last, -1));
    return separate;
  }

  /** The place of the nearest convolution in a direction. */
  private static int convolution(List<LayerSpec> layers, int from, int direction) {
    int place = from;
    while (!(layers.get(place) instanceof Convolution)) {
      place += direction;
    }
    return place;
  }

  private static void narrow(List<LayerSpec> layers, int place) {
    Convolution convolution = (Convolution) layers.get(place);
    layers.set(place, convolution.padded(convolution.padding() - 1));
  }
}
