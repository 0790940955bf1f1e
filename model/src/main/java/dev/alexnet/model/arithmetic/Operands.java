package dev.alexnet.model.arithmetic;

import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.graph.LayerProbe;
import java.util.SplittableRandom;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * The operands of kernels that are checked: numbers drawn from a seed that the precision represents
 * exactly, so that only the arithmetic rounds.
 */
final class Operands {
  /** Prime, so that repeated values in a long operand fall on different channels each time. */
  private static final int DRAWN = 1_048_573;

  /** Of a uniform distribution around 0 whose standard deviation is 1. */
  private static final double LARGEST = Math.sqrt(3);

  private static final int BFLOAT16_BITS = 0xFFFF0000;

  /** The first of the numbers that pooling gets, 2 to the power of -15, as bits of bfloat16. */
  private static final int FIRST_DISTINCT = 0x3800;

  private final float[] drawn = new float[DRAWN];
  private final int mask;

  Operands(Precision precision) {
    this.mask = precision == Precision.BF16 ? BFLOAT16_BITS : -1;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWN; i++) {
      drawn[i] = (float) ((2 * random.nextDouble() - 1) * LARGEST);
    }
  }

  /** What flows into a layer. */
  TFloat32 input(LayerProbe probe, int batch) {
    Shape shape = probe.inputShape(batch);
    LayerSpec spec = probe.spec();
    if (spec instanceof LayerSpec.MaxPooling) {
      return distinct(shape);
    } else if (spec instanceof LayerSpec.CrossMapNormalization norm) {
      return uniform(shape, 0, halving(norm.k(), norm.alpha(), norm.size()));
    } else if (spec instanceof LayerSpec.SameMapNormalization norm) {
      return uniform(shape, 0, halving(norm.k(), norm.alpha(), norm.size() * norm.size()));
    }
    return uniform(shape, 0, 1);
  }

  /** The deviation of numbers whose squares contribute as much to a denominator as its constant. */
  private static double halving(double k, double alpha, int summed) {
    return Math.sqrt(k / (alpha * summed));
  }

  /**
   * What a layer has learned, with sums over its inputs about as large as its biases.
   *
   * @param shape of weights {@code [height, width, in, out]} or {@code [in, out]}; of biases {@code
   *     [out]}
   */
  TFloat32 parameter(Parameter.Kind kind, Shape shape) {
    if (kind == Parameter.Kind.BIASES) {
      return uniform(shape, DRAWN / 4, 1);
    }
    long outputs = shape.get(shape.numDimensions() - 1);
    return uniform(shape, DRAWN / 2, Math.sqrt((double) outputs / shape.size()));
  }

  /**
   * The gradient with respect to a layer's output.
   *
   * @param images in ascending order: the only ones with a gradient that is not 0
   */
  TFloat32 gradient(Shape shape, int[] images) {
    TFloat32 gradient = uniform(shape, DRAWN / 3, 1);
    FloatDataBuffer data = gradient.asRawTensor().data().asFloats();
    int length = Math.toIntExact(shape.size() / shape.get(0));
    float[] zeros = new float[length];
    int next = 0;
    for (int image = 0; image < shape.get(0); image++) {
      if (next < images.length && images[next] == image) {
        next++;
      } else {
        data.offset((long) image * length).write(zeros);
      }
    }
    return gradient;
  }

  /**
   * @param start where in the drawn numbers they begin
   */
  private TFloat32 uniform(Shape shape, int start, double deviation) {
    int fresh = (int) Math.min(shape.size(), DRAWN);
    float[] values = new float[fresh];
    for (int i = 0; i < fresh; i++) {
      values[i] = rounded((float) (drawn[(start + i) % DRAWN] * deviation));
    }
    TFloat32 tensor = TFloat32.tensorOf(shape);
    FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
    for (long filled = 0; filled < shape.size(); filled += fresh) {
      data.offset(filled).write(values, 0, (int) Math.min(fresh, shape.size() - filled));
    }
    return tensor;
  }

  private float rounded(float value) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & mask);
  }

  /**
   * Numbers without duplicates within a map, so that the maximum of a window is unique; every
   * second map is entirely negative.
   */
  private static TFloat32 distinct(Shape shape) {
    SplittableRandom random = new SplittableRandom(2);
    int places = Math.toIntExact(shape.get(1) * shape.get(2));
    int maps = Math.toIntExact(shape.get(3));
    float[] values = new float[Math.toIntExact(shape.size())];
    int[] ranks = new int[places];
    for (int place = 0; place < places; place++) {
      ranks[place] = place;
    }
    for (int image = 0; image < shape.get(0); image++) {
      for (int map = 0; map < maps; map++) {
        shuffle(ranks, random);
        for (int place = 0; place < places; place++) {
          float value = Float.intBitsToFloat((FIRST_DISTINCT + ranks[place]) << 16);
          values[(image * places + place) * maps + map] = map % 2 == 0 ? value : -value;
        }
      }
    }
    TFloat32 tensor = TFloat32.tensorOf(shape);
    tensor.asRawTensor().data().asFloats().write(values);
    return tensor;
  }

  private static void shuffle(int[] numbers, SplittableRandom random) {
    for (int last = numbers.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int number = numbers[last];
      numbers[last] = numbers[other];
      numbers[other] = number;
    }
  }
}
