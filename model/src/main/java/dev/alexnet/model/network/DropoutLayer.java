package dev.alexnet.model.network;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Dropout as published: no rescaling in training, multiplication in inference. */
final class DropoutLayer extends TowerwiseLayer {
  private final LayerSpec.Dropout spec;
  private final Mode mode;
  private final List<Operand<TFloat32>> masks = new ArrayList<>();

  DropoutLayer(LayerSpec.Dropout spec, MapShape input, TowerScopes scopes, Mode mode) {
    super(spec.name(), input, scopes);
    this.spec = spec;
    this.mode = mode;
  }

  @Override
  Operand<TFloat32> forward(Ops tf, int tower, Operand<TFloat32> input) {
    if (!(mode instanceof Mode.Training training)) {
      return tf.math.mul(input, tf.constant((float) (1 - spec.rate())));
    }
    Operand<TInt64> seed =
        tf.stack(List.of(tf.constant(training.seed() ^ identity(tower)), training.step()));
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(tf.shape(input), seed, TFloat32.class);
    Operand<TFloat32> mask =
        tf.dtypes.cast(
            tf.math.greaterEqual(uniform, tf.constant((float) spec.rate())), TFloat32.class);
    masks.add(mask);
    return tf.math.mul(input, mask);
  }

  private long identity(int tower) {
    CRC32C crc = new CRC32C();
    crc.update((spec.name() + "/" + tower).getBytes(StandardCharsets.UTF_8));
    return crc.getValue() << 16;
  }

  @Override
  Operand<TFloat32> backward(
      Ops tf,
      int tower,
      Operand<TFloat32> gradient,
      Operand<TFloat32> input,
      Operand<TFloat32> output) {
    return tf.math.mul(gradient, masks.get(tower));
  }
}
