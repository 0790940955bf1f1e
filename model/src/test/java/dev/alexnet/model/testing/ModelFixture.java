package dev.alexnet.model.testing;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.prediction.ModelExport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Exported models for tests that need predictions, but not good ones: they are not trained. */
public final class ModelFixture {
  private ModelFixture() {}

  /**
   * Writes a {@code mini} network of random values, for images of 56 pixels.
   *
   * @param data whose classes and mean it has
   * @param seed different seeds give different predictions
   */
  public static Location write(Path directory, Dataset data, long seed) {
    return write(directory, data, Presets.mini(), seed);
  }

  /** Writes a network of random values. */
  public static Location write(Path directory, Dataset data, AlexNetSpec spec, long seed) {
    Random random = new Random(seed);
    return write(
        directory,
        data,
        spec,
        parameter -> {
          float[] values = new float[(int) parameter.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.05 * random.nextGaussian());
          }
          return values;
        });
  }

  /**
   * Writes a network whose values are all equal, so that its probabilities of all classes are equal
   * too.
   */
  public static Location writeConstant(Path directory, Dataset data, float value) {
    return write(
        directory,
        data,
        Presets.mini(),
        parameter -> {
          float[] values = new float[(int) parameter.size()];
          Arrays.fill(values, value);
          return values;
        });
  }

  /** Writes a network with the given values of each parameter. */
  public static Location write(
      Path directory, Dataset data, AlexNetSpec spec, Function<Parameter, float[]> values) {
    Location model = Location.of(directory);
    ModelExport.write(
        ObjectStores.standard(),
        model,
        spec,
        new ModelExport.Facts(
            data.manifest().labels(),
            data.meanImage(),
            3,
            data.hash(),
            Map.of("seed", "1"),
            List.of()),
        values);
    return model;
  }
}
