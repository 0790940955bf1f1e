package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Mode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** Dropout as published: no rescaling in training, multiplication in inference. */
final class DropoutLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final LayerSpec.Dropout spec;
  private final Mode mode;
  private final List<Operand<T>> masks = new ArrayList<>();

  DropoutLayer(LayerSpec.Dropout spec, MapShape input, TowerScopes scopes, Mode mode) {
    super(spec.name(), input, scopes);
    this.spec = spec;
    this.mode = mode;
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    if (!(mode instanceof Mode.Training training)) {
      Operand<TFloat32> kept = tf.constant((float) (1 - spec.rate()));
      return tf.math.mul(input, Cast.to(tf, kept, input.type()));
    }
    Operand<TInt64> seed =
        tf.stack(List.of(tf.constant(training.seed() ^ identity(tower)), training.step()));
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(input), seed, TFloat32.class);
    Operand<T> mask =
        tf.dtypes.cast(
            tf.math.greaterEqual(uniform, tf.constant((float) spec.rate())), input.type());
    masks.add(mask);
    return tf.math.mul(input, mask);
  }

  private long identity(int tower) {
    CRC32C crc = new CRC32C();
    crc.update((spec.name() + "/" + tower).getBytes(StandardCharsets.UTF_8));
    return crc.getValue() << 16;
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    return tf.math.mul(gradient, masks.get(tower));
  }
}
