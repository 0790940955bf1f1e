package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.Placement;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.op.Ops;

/**
 * The scopes of a network's operations: {@code tower1/forward/conv2/…} and {@code
 * tower1/backward/conv2/…}, each on the device of its tower.
 */
final class TowerScopes {
  private final List<Ops> forward = new ArrayList<>();
  private final List<Ops> backward = new ArrayList<>();
  private final List<Ops> parameters = new ArrayList<>();

  TowerScopes(Ops tf, int towers, Placement placement) {
    for (int tower = 0; tower < towers; tower++) {
      Ops onDevice = placement.on(tf.withSubScope("tower" + tower), tower);
      forward.add(onDevice.withSubScope("forward"));
      backward.add(onDevice.withSubScope("backward"));
      parameters.add(onDevice);
    }
  }

  int towers() {
    return forward.size();
  }

  /** A scope for the parameters of a tower. */
  Ops parameters(int tower) {
    return parameters.get(tower);
  }

  /** A fresh scope for the forward operations of a layer; one call per layer and tower. */
  Ops forward(int tower, String layer) {
    return forward.get(tower).withSubScope(layer);
  }

  /** A fresh scope for the backward operations of a layer; one call per layer and tower. */
  Ops backward(int tower, String layer) {
    return backward.get(tower).withSubScope(layer);
  }
}
