package dev.alexnet.model.network;

import dev.alexnet.infra.settings.Problems;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * One layer of the network as data. A layer describes both towers: {@code maps} and {@code units}
 * count both together. Cross-links exist only where a layer {@link Inputs#BOTH sees both towers}.
 */
public sealed interface LayerSpec {

  String name();

  /** Its constants as text: what presets with the same shapes differ in. */
  String constants();

  /** What a tower's part of a layer reads. */
  enum Inputs {
    /** The images; every tower reads them all. */
    IMAGES,
    /** Only the output of its own tower. */
    OWN,
    /** The output of both towers. */
    BOTH
  }

  /**
   * The initial values of a layer's parameters. How fast biases learn is a property of the network:
   * {@link AlexNetSpec#biasRate}.
   *
   * @param deviation standard deviation of the normal distribution of the weights; not truncated
   * @param bias initial value of every bias
   */
  record Initial(double deviation, double bias) {
    public Initial {
      new Problems("initial values")
          .require(deviation > 0, "deviation is %s; it must be more than 0", deviation)
          .throwIfAny();
    }

    private String text() {
      return "from " + number(deviation) + " · N(0, 1), biases " + number(bias);
    }
  }

  /**
   * A convolution with one bias per map. The output's side is {@code 1 + ceil((input + 2 padding -
   * kernel) / stride)}, as in the original program; what the last window lacks is filled with
   * zeros, at the bottom and right only.
   *
   * @param kernel height and width in pixels
   * @param padding zeros on every side, in pixels
   * @param maps output maps of both towers together
   */
  record Convolution(
      String name, int kernel, int stride, int padding, int maps, Inputs inputs, Initial initial)
      implements LayerSpec {

    /** The same convolution with other inputs. */
    Convolution reading(Inputs others) {
      return new Convolution(name, kernel, stride, padding, maps, others, initial);
    }

    /** The same convolution with another number of maps. */
    Convolution withMaps(int others) {
      return new Convolution(name, kernel, stride, padding, others, inputs, initial);
    }

    /** The same convolution with another padding. */
    Convolution padded(int other) {
      return new Convolution(name, kernel, stride, other, maps, inputs, initial);
    }

    /** The part of one of several towers, which reads only its own input. */
    public Convolution ofOneTower(int towers) {
      return new Convolution(
          name,
          kernel,
          stride,
          padding,
          maps / towers,
          inputs == Inputs.IMAGES ? inputs : Inputs.OWN,
          initial);
    }

    @Override
    public String constants() {
      return window(kernel, stride) + ", " + initial.text();
    }
  }

  /** {@code max(x, 0)}. */
  record Relu(String name) implements LayerSpec {

    @Override
    public String constants() {
      return "";
    }
  }

  /** The hyperbolic tangent. */
  record Tanh(String name) implements LayerSpec {

    @Override
    public String constants() {
      return "";
    }
  }

  /**
   * Local response normalisation across the maps of one tower: {@code x · (k + α · Σ x²)^−β}, the
   * sum being over {@code size} maps around each (paper, section 3.3). α multiplies the sum itself,
   * not its mean.
   */
  record CrossMapNormalization(String name, int size, double k, double alpha, double beta)
      implements LayerSpec {

    @Override
    public String constants() {
      return size + " maps, " + normalization(k, alpha, beta);
    }
  }

  /**
   * The same over a {@code size} × {@code size} window of the same map; windows are clipped at the
   * border.
   */
  record SameMapNormalization(String name, int size, double k, double alpha, double beta)
      implements LayerSpec {

    @Override
    public String constants() {
      return window(size, 1) + " of a map, " + normalization(k, alpha, beta);
    }
  }

  /**
   * Maximum over windows; overlapping where {@code stride < size}. The last windows of 2 × 2 every
   * 2 pixels reach beyond a map of odd size; all others must fit exactly.
   */
  record MaxPooling(String name, int size, int stride) implements LayerSpec {

    @Override
    public String constants() {
      return window(size, stride);
    }
  }

  /**
   * A fully connected layer with biases.
   *
   * @param units output units of both towers together; 0 stands for the number of classes
   * @param whole whether the layer is on the first tower's device only, as the last one is
   */
  record Dense(String name, int units, boolean whole, Initial initial) implements LayerSpec {

    /** The part of one of several towers. */
    public Dense ofOneTower(int towers) {
      return new Dense(name, whole ? units : units / towers, true, initial);
    }

    @Override
    public String constants() {
      return initial.text();
    }
  }

  /**
   * Dropout as published: in training each value is either kept, without rescaling, or set to zero;
   * in inference every value is multiplied by {@code 1 - rate} (paper, section 4.2).
   */
  record Dropout(String name, double rate) implements LayerSpec {

    @Override
    public String constants() {
      return "drops " + number(rate) + ", does not rescale";
    }
  }

  private static String window(int side, int stride) {
    return side + " x " + side + (stride == 1 ? "" : " every " + stride);
  }

  private static String normalization(double k, double alpha, double beta) {
    return "k " + number(k) + ", alpha " + number(alpha) + ", beta " + number(beta);
  }

  private static String number(double value) {
    return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }
}
