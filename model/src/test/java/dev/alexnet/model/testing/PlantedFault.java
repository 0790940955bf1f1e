package dev.alexnet.model.testing;

import dev.alexnet.model.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * TensorFlow's kernels on a processor that computes one kind of operation wrongly: every second
 * value of the last dimension is off.
 */
public final class PlantedFault {
  private static final float AN_EIGHTH = 0.125f;

  private PlantedFault() {}

  /**
   * @param operation a method of {@link Kernels}
   */
  public static Kernels in(String operation) {
    return in(operation, AN_EIGHTH, operands -> true);
  }

  /**
   * @param operation a method of {@link Kernels}
   * @param share the relative error of the values
   * @param shapes the operands for which the result is wrong
   */
  public static Kernels in(String operation, float share, Predicate<List<Operand<?>>> shapes) {
    return planted(
        operation,
        (tf, operands, result) -> shapes.test(operands) ? disturbed(tf, result, share) : result);
  }

  /**
   * @param operation a method of {@link Kernels}
   * @param fault returns the wrong result for the correct one
   */
  public static Kernels by(String operation, BiFunction<Ops, Operand<?>, Operand<?>> fault) {
    return planted(operation, (tf, operands, result) -> fault.apply(tf, result));
  }

  private interface Fault {
    Operand<?> result(Ops tf, List<Operand<?>> operands, Operand<?> sound);
  }

  private static Kernels planted(String operation, Fault fault) {
    Kernels sound = Kernels.ofTensorFlow();
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(sound, arguments);
                return method.getName().equals(operation)
                    ? fault.result((Ops) arguments[0], operands(arguments), (Operand<?>) result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static List<Operand<?>> operands(Object[] arguments) {
    return Arrays.stream(arguments)
        .filter(Operand.class::isInstance)
        .<Operand<?>>map(Operand.class::cast)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static <T extends TFloating> Operand<T> disturbed(
      Ops tf, Operand<?> result, float share) {
    Operand<T> sound = (Operand<T>) result;
    int channels = Math.toIntExact(sound.shape().get(sound.shape().numDimensions() - 1));
    Operand<TInt32> places = tf.range(tf.constant(0), tf.constant(channels), tf.constant(1));
    Operand<T> odd = tf.dtypes.cast(tf.math.floorMod(places, tf.constant(2)), sound.type());
    Operand<T> factor = tf.dtypes.cast(tf.constant(share), sound.type());
    return tf.math.add(sound, tf.math.mul(odd, tf.math.mul(factor, tf.math.add(sound, odd))));
  }
}
