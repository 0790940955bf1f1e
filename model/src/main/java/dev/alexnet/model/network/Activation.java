package dev.alexnet.model.network;

import dev.alexnet.model.network.LayerSpec.Relu;
import dev.alexnet.model.network.LayerSpec.Tanh;
import java.util.List;

/** What the units of a network compute from their sums (paper, section 3.1). */
public enum Activation {
  /** {@code max(x, 0)}: the published one. */
  RELU,
  /** The saturating unit that the paper compares with (figure 1). */
  TANH;

  /** Separates the name of a network from that of its activation. */
  static final String WITH = " with ";

  private static final String TANH_NAME = WITH + "tanh";

  /** A network with this activation in place of its ReLUs. */
  AlexNetSpec in(AlexNetSpec spec) {
    if (this == RELU) {
      return spec;
    }
    List<LayerSpec> layers =
        spec.layers().stream()
            .map(layer -> layer instanceof Relu relu ? tanhFor(relu) : layer)
            .toList();
    return spec.with(
        spec.name() + TANH_NAME, spec.description() + " Here" + TANH_NAME + ".", layers);
  }

  private static LayerSpec tanhFor(Relu relu) {
    return new Tanh(relu.name().replace("relu", "tanh"));
  }
}
