package dev.alexnet.model.training;

/**
 * What the rates of a layer are multiplied by.
 *
 * @param factor at least 0; 0 freezes the layer
 * @param from the step, counted from 0, before which the layer has the rates of the others
 */
record LayerFactor(double factor, long from) {

  /** How it is given: {@code 10.0}, or {@code 10.0@300} if it does not apply from the start. */
  @Override
  public String toString() {
    return from == 0 ? Double.toString(factor) : factor + "@" + from;
  }
}
