package dev.alexnet.model.network;

import java.util.List;

/** The operations of a layer, each of which a kernel computes. */
public enum Pass {
  FORWARD("the forward pass"),
  INPUT_GRADIENT("the input gradient"),
  WEIGHT_GRADIENT("the weight gradient"),
  BIAS_GRADIENT("the bias gradient");

  /** What inference needs. */
  public static final List<Pass> INFERENCE = List.of(FORWARD);

  /** What training needs. */
  public static final List<Pass> TRAINING = List.of(values());

  private final String text;

  Pass(String text) {
    this.text = text;
  }

  /** Its name within a sentence. */
  @Override
  public String toString() {
    return text;
  }
}
