package dev.alexnet.model.network;

/** The same values as in the golden script: SplitMix64's finaliser of a counter. */
public record GoldenDraws(long seed) {

  /**
   * @param stream 0 for the images, from 1 on for the parameters in order
   * @return values in {@code [-scale, scale)}
   */
  public float[] uniform(long size, double scale, int stream) {
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * unit(stream, i));
    }
    return values;
  }

  /** A parameter's values: biases in [-1, 1), weights by He's rule, smaller in the last layer. */
  public float[] values(Parameter parameter, int stream) {
    return values(parameter, 1, stream);
  }

  /** The same, with biases in {@code [-biasScale, biasScale)}. */
  public float[] values(Parameter parameter, double biasScale, int stream) {
    boolean biases = parameter.kind() == Parameter.Kind.BIASES;
    return uniform(parameter.size(), biases ? biasScale : weightScale(parameter), stream);
  }

  private static double weightScale(Parameter parameter) {
    long[] shape = parameter.shape().asArray();
    double inputs = (double) parameter.size() / shape[shape.length - 1];
    return (parameter.layer().matches("fc[48]") ? 0.02 : 1) * Math.sqrt(6 / inputs);
  }

  private double unit(int stream, long index) {
    long z = (index + (seed << 40) + ((long) stream << 32)) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1p-52 - 1;
  }

  /** The sum of the values, each with a random sign for its position. */
  public double projection(float[] values, int which) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += unit(200 + which, i) < 0 ? -values[i] : values[i];
    }
    return sum;
  }
}
