package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.CrossMapNormalization;
import dev.alexnet.model.network.LayerSpec.Dense;
import dev.alexnet.model.network.LayerSpec.Dropout;
import dev.alexnet.model.network.LayerSpec.Initial;
import dev.alexnet.model.network.LayerSpec.Inputs;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import dev.alexnet.model.network.LayerSpec.Rectifier;
import dev.alexnet.model.network.LayerSpec.SameMapNormalization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The networks that have a name. */
public final class Presets {
  private static final int NORMALIZED_MAPS = 5;
  private static final double BETA = 0.75;

  private Presets() {}

  public static List<String> names() {
    return List.copyOf(byName().keySet());
  }

  /**
   * @throws Failure of kind USAGE that suggests the nearest name
   */
  public static AlexNetSpec named(String name) {
    AlexNetSpec spec = byName().get(name);
    if (spec == null) {
      throw new Failure(
          Failure.Kind.USAGE, "preset is '" + name + "'" + Suggestion.forWord(name, names()));
    }
    return spec;
  }

  private static Map<String, AlexNetSpec> byName() {
    Map<String, AlexNetSpec> presets = new TreeMap<>();
    for (AlexNetSpec spec : List.of(published(), mini())) {
      presets.put(spec.name(), spec);
    }
    return presets;
  }

  /**
   * The network behind the paper's numbers: the original program's configuration 145, whose logged
   * errors round to the published ones.
   *
   * <ul>
   *   <li>60,965,224 parameters with 1000 classes
   *   <li>the first block normalises and pools before it rectifies
   *   <li>the second block has a 5 × 5 normalisation within each map after the one across maps
   *   <li>α is 1e-4 / 5, because the original program divides it by the window's size
   *   <li>conv3 to conv5 start from a deviation of 0.03, where the paper's text says 0.01
   * </ul>
   */
  public static AlexNetSpec published() {
    return new AlexNetSpec(
        "published",
        "The published AlexNet (configuration 145 of the original program). Expected: 37.5 % top-1"
            + " and 17.0 % top-5 error on the ILSVRC-2010 test set with ten views (39.0 % and"
            + " 18.3 % with one), after about 90 epochs.",
        256,
        224,
        2,
        List.of(
            new Convolution("conv1", 11, 4, 0, 96, Inputs.IMAGES, new Initial(0.01, 0)),
            new CrossMapNormalization("norm1", NORMALIZED_MAPS, 2, 2e-5, BETA),
            new MaxPooling("pool1", 3, 2),
            new Rectifier("relu1"),
            new Convolution("conv2", 5, 1, 2, 256, Inputs.OWN, new Initial(0.01, 1)),
            new Rectifier("relu2"),
            new CrossMapNormalization("norm2", NORMALIZED_MAPS, 2, 2e-5, BETA),
            new SameMapNormalization("norm2same", 5, 1, 4e-5, BETA),
            new MaxPooling("pool2", 3, 2),
            new Convolution("conv3", 3, 1, 1, 384, Inputs.BOTH, new Initial(0.03, 0)),
            new Rectifier("relu3"),
            new Convolution("conv4", 3, 1, 1, 384, Inputs.OWN, new Initial(0.03, 1)),
            new Rectifier("relu4"),
            new Convolution("conv5", 3, 1, 1, 256, Inputs.OWN, new Initial(0.03, 1)),
            new MaxPooling("pool5", 3, 2),
            new Rectifier("relu5"),
            new Dense("fc6", 4096, false, new Initial(0.01, 1)),
            new Rectifier("relu6"),
            new Dropout("dropout6", 0.5),
            new Dense("fc7", 4096, false, new Initial(0.01, 1)),
            new Rectifier("relu7"),
            new Dropout("dropout7", 0.5),
            new Dense("fc8", 0, true, new Initial(0.01, 0))));
  }

  /**
   * A small network of the same structure, for trying things out on a CPU: two towers with links
   * only at conv3 and the dense layers, both normalisations, overlapping pooling, dropout. Its
   * wider initial values make up for the fewer inputs of each unit.
   */
  public static AlexNetSpec mini() {
    return new AlexNetSpec(
        "mini",
        "AlexNet's structure at a hundredth of its size, for 48 pixel crops of 56 pixel images.",
        56,
        48,
        2,
        List.of(
            new Convolution("conv1", 5, 2, 0, 32, Inputs.IMAGES, new Initial(0.01, 0)),
            new CrossMapNormalization("norm1", NORMALIZED_MAPS, 2, 2e-5, BETA),
            new MaxPooling("pool1", 3, 2),
            new Rectifier("relu1"),
            new Convolution("conv2", 5, 1, 2, 64, Inputs.OWN, new Initial(0.05, 0.1)),
            new Rectifier("relu2"),
            new CrossMapNormalization("norm2", NORMALIZED_MAPS, 2, 2e-5, BETA),
            new SameMapNormalization("norm2same", 5, 1, 4e-5, BETA),
            new MaxPooling("pool2", 3, 2),
            new Convolution("conv3", 3, 1, 1, 96, Inputs.BOTH, new Initial(0.05, 0)),
            new Rectifier("relu3"),
            new Convolution("conv4", 3, 1, 1, 96, Inputs.OWN, new Initial(0.05, 0.1)),
            new Rectifier("relu4"),
            new Convolution("conv5", 3, 1, 1, 64, Inputs.OWN, new Initial(0.05, 0.1)),
            new MaxPooling("pool5", 3, 2),
            new Rectifier("relu5"),
            new Dense("fc6", 256, false, new Initial(0.05, 0.1)),
            new Rectifier("relu6"),
            new Dropout("dropout6", 0.5),
            new Dense("fc7", 256, false, new Initial(0.05, 0.1)),
            new Rectifier("relu7"),
            new Dropout("dropout7", 0.5),
            new Dense("fc8", 0, true, new Initial(0.05, 0))));
  }
}
