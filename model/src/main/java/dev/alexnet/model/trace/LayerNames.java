package dev.alexnet.model.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of one device's layers in its trace. Two layers that a kernel computes together share a
 * name, because its time cannot be divided between them.
 *
 * @param byLayer in the network's order
 */
record LayerNames(Map<String, String> byLayer) {

  /**
   * @param kernels of the device
   * @param layers of the network, in its order
   */
  static LayerNames of(List<Kernel> kernels, List<String> layers) {
    Set<String> fused =
        kernels.stream()
            .filter(Kernel::isFusedWithLayerBefore)
            .map(Kernel::layer)
            .collect(Collectors.toSet());
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String layer = layers.get(i);
      if (i > 0 && fused.contains(layer)) {
        String before = layers.get(i - 1);
        names.put(before, before + " + " + layer);
        names.put(layer, before + " + " + layer);
      } else {
        names.put(layer, layer);
      }
    }
    return new LayerNames(names);
  }

  /** The name of the kernel's layer, or of what it belongs to if that is not a layer. */
  String of(Kernel kernel) {
    return byLayer.getOrDefault(kernel.layer(), kernel.layer());
  }
}
