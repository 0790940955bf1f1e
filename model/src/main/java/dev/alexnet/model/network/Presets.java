package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.CrossMapNormalization;
import dev.alexnet.model.network.LayerSpec.Dense;
import dev.alexnet.model.network.LayerSpec.Dropout;
import dev.alexnet.model.network.LayerSpec.Initial;
import dev.alexnet.model.network.LayerSpec.Inputs;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import dev.alexnet.model.network.LayerSpec.Relu;
import dev.alexnet.model.network.LayerSpec.SameMapNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The named networks. */
public final class Presets {
  /** Biases learn at twice the rate of weights in all of the original configurations. */
  private static final double BIAS_RATE = 2;

  private static final int NORMALIZED_MAPS = 5;
  private static final double BETA = 0.75;
  private static final int IMAGE_SIZE = 256;
  private static final int INPUT_SIZE = 224;

  /** What {@link #named(String, String)} can leave out. */
  public static final List<String> PARTS = Ablation.PARTS;

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

  /**
   * A network without some of its parts.
   *
   * @param without some of {@link #PARTS}, separated by commas; empty for the whole network
   * @throws Failure of kind USAGE that suggests the nearest name
   */
  public static AlexNetSpec named(String name, String without) {
    return named(name, without, Activation.RELU);
  }

  /**
   * A network without some of its parts, and with another activation.
   *
   * @param without some of {@link #PARTS}, separated by commas; empty for the whole network
   * @throws Failure of kind USAGE that suggests the nearest name
   */
  public static AlexNetSpec named(String name, String without, Activation activation) {
    return activation.in(Ablation.without(named(name), without));
  }

  /**
   * A network by its own name, such as {@code published without conv3 and lrn with tanh}.
   *
   * @throws Failure of kind USAGE that suggests the nearest name
   */
  public static AlexNetSpec described(String name) {
    for (Activation activation : Activation.values()) {
      String ending = Activation.WITH + SettingType.word(activation);
      if (name.endsWith(ending)) {
        return activation.in(ablated(name.substring(0, name.length() - ending.length())));
      }
    }
    return ablated(name);
  }

  private static AlexNetSpec ablated(String name) {
    String[] parts = name.split(Ablation.WITHOUT, 2);
    return parts.length == 1 ? named(name) : named(parts[0], parts[1].replace(Ablation.AND, ","));
  }

  /** The preset that a network is a variant of, by the network's own name. */
  public static AlexNetSpec presetOf(String name) {
    return named(name.split(Ablation.WITHOUT + "|" + Activation.WITH, 2)[0]);
  }

  private static Map<String, AlexNetSpec> byName() {
    Map<String, AlexNetSpec> presets = new TreeMap<>();
    for (AlexNetSpec spec : List.of(published(), paperText(), half(), conv6(), mini(), cifar())) {
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
   *   <li>conv3 to conv5 start from a deviation of 0.03, whereas the paper's text says 0.01
   * </ul>
   */
  public static AlexNetSpec published() {
    return new AlexNetSpec(
        "published",
        "The published AlexNet (configuration 145 of the original program). Expected: 37.5 % top-1"
            + " and 17.0 % top-5 error on the ILSVRC-2010 test set with ten views (39.0 % and"
            + " 18.3 % with one), after about 90 epochs.",
        IMAGE_SIZE,
        INPUT_SIZE,
        2,
        BIAS_RATE,
        HandSchedules.OF_145,
        configuration145(96, 256, 384, 384, Inputs.BOTH));
  }

  /**
   * The one-tower network that the paper compares with its two towers (section 3.2; configuration
   * 145-half): one tower with half the maps in conv1 to conv4, and all of conv5 and the dense
   * layers: 59,798,312 parameters with 1000 classes.
   */
  public static AlexNetSpec half() {
    return new AlexNetSpec(
        "half",
        "The one-device network that the paper compares with (configuration 145-half). Expected:"
            + " 39.2 % top-1 and 18.2 % top-5 error on the ILSVRC-2010 test set with ten views,"
            + " after about 96 epochs.",
        IMAGE_SIZE,
        INPUT_SIZE,
        1,
        BIAS_RATE,
        HandSchedules.OF_HALF,
        configuration145(48, 128, 192, 192, Inputs.OWN));
  }

  /**
   * The published network with a sixth convolution over both towers after pool5 (section 6;
   * configuration 146): 61,555,304 parameters with 1000 classes. It is meant to be trained on a
   * larger set first and then fine-tuned on ImageNet's 1000 classes.
   */
  public static AlexNetSpec conv6() {
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : published().layers()) {
      layers.add(layer);
      if (layer.name().equals("relu5")) {
        layers.add(new Convolution("conv6", 3, 1, 1, 256, Inputs.BOTH, new Initial(0.03, 1)));
        layers.add(new Relu("conv6relu"));
      }
    }
    return published()
        .with(
            "conv6",
            "The published AlexNet with a sixth convolution (configuration 146). Expected: 39.0 %"
                + " top-1 and 16.6 % top-5 error on the ILSVRC-2012 validation set with ten views,"
                + " when it was first trained on the 22,000 classes of the Fall 2011 release.",
            layers);
  }

  private static List<LayerSpec> configuration145(
      int maps1, int maps2, int maps3, int maps4, Inputs inputs3) {
    return List.of(
        new Convolution("conv1", 11, 4, 0, maps1, Inputs.IMAGES, new Initial(0.01, 0)),
        new CrossMapNormalization("norm1", NORMALIZED_MAPS, 2, 2e-5, BETA),
        new MaxPooling("pool1", 3, 2),
        new Relu("relu1"),
        new Convolution("conv2", 5, 1, 2, maps2, Inputs.OWN, new Initial(0.01, 1)),
        new Relu("relu2"),
        new CrossMapNormalization("norm2", NORMALIZED_MAPS, 2, 2e-5, BETA),
        new SameMapNormalization("norm2same", 5, 1, 4e-5, BETA),
        new MaxPooling("pool2", 3, 2),
        new Convolution("conv3", 3, 1, 1, maps3, inputs3, new Initial(0.03, 0)),
        new Relu("relu3"),
        new Convolution("conv4", 3, 1, 1, maps4, Inputs.OWN, new Initial(0.03, 1)),
        new Relu("relu4"),
        new Convolution("conv5", 3, 1, 1, 256, Inputs.OWN, new Initial(0.03, 1)),
        new MaxPooling("pool5", 3, 2),
        new Relu("relu5"),
        new Dense("fc6", 4096, false, new Initial(0.01, 1)),
        new Relu("relu6"),
        new Dropout("dropout6", 0.5),
        new Dense("fc7", 4096, false, new Initial(0.01, 1)),
        new Relu("relu7"),
        new Dropout("dropout7", 0.5),
        new Dense("fc8", 0, true, new Initial(0.01, 0)));
  }

  /**
   * The paper's text taken literally (sections 3 and 5): every block rectifies, normalises across
   * maps with the α of the formula, and pools; all weights start with a deviation of 0.01.
   */
  public static AlexNetSpec paperText() {
    return new AlexNetSpec(
        "paper-text",
        "The paper's text taken literally. No error of it is recorded: the published numbers come"
            + " from the preset 'published'. It starts learning later, because conv3 to conv5 start"
            + " from smaller weights.",
        IMAGE_SIZE,
        INPUT_SIZE,
        2,
        1,
        HandSchedules.OF_145,
        List.of(
            new Convolution("conv1", 11, 4, 0, 96, Inputs.IMAGES, new Initial(0.01, 0)),
            new Relu("relu1"),
            new CrossMapNormalization("norm1", NORMALIZED_MAPS, 2, 1e-4, BETA),
            new MaxPooling("pool1", 3, 2),
            new Convolution("conv2", 5, 1, 2, 256, Inputs.OWN, new Initial(0.01, 1)),
            new Relu("relu2"),
            new CrossMapNormalization("norm2", NORMALIZED_MAPS, 2, 1e-4, BETA),
            new MaxPooling("pool2", 3, 2),
            new Convolution("conv3", 3, 1, 1, 384, Inputs.BOTH, new Initial(0.01, 0)),
            new Relu("relu3"),
            new Convolution("conv4", 3, 1, 1, 384, Inputs.OWN, new Initial(0.01, 1)),
            new Relu("relu4"),
            new Convolution("conv5", 3, 1, 1, 256, Inputs.OWN, new Initial(0.01, 1)),
            new Relu("relu5"),
            new MaxPooling("pool5", 3, 2),
            new Dense("fc6", 4096, false, new Initial(0.01, 1)),
            new Relu("relu6"),
            new Dropout("dropout6", 0.5),
            new Dense("fc7", 4096, false, new Initial(0.01, 1)),
            new Relu("relu7"),
            new Dropout("dropout7", 0.5),
            new Dense("fc8", 0, true, new Initial(0.01, 0))));
  }

  /**
   * A small network of the same structure, for trying things out on a CPU: two towers with links
   * only at conv3 and the dense layers, both normalisations, overlapping pooling, dropout. Its
   * larger initial values compensate for the fewer inputs of each unit.
   */
  public static AlexNetSpec mini() {
    return new AlexNetSpec(
        "mini",
        "AlexNet's structure at a hundredth of its size, for 48 pixel crops of 56 pixel images.",
        56,
        48,
        2,
        BIAS_RATE,
        HandSchedules.OF_145,
        List.of(
            new Convolution("conv1", 5, 2, 0, 32, Inputs.IMAGES, new Initial(0.01, 0)),
            new CrossMapNormalization("norm1", NORMALIZED_MAPS, 2, 2e-5, BETA),
            new MaxPooling("pool1", 3, 2),
            new Relu("relu1"),
            new Convolution("conv2", 5, 1, 2, 64, Inputs.OWN, new Initial(0.05, 0.1)),
            new Relu("relu2"),
            new CrossMapNormalization("norm2", NORMALIZED_MAPS, 2, 2e-5, BETA),
            new SameMapNormalization("norm2same", 5, 1, 4e-5, BETA),
            new MaxPooling("pool2", 3, 2),
            new Convolution("conv3", 3, 1, 1, 96, Inputs.BOTH, new Initial(0.05, 0)),
            new Relu("relu3"),
            new Convolution("conv4", 3, 1, 1, 96, Inputs.OWN, new Initial(0.05, 0.1)),
            new Relu("relu4"),
            new Convolution("conv5", 3, 1, 1, 64, Inputs.OWN, new Initial(0.05, 0.1)),
            new MaxPooling("pool5", 3, 2),
            new Relu("relu5"),
            new Dense("fc6", 256, false, new Initial(0.05, 0.1)),
            new Relu("relu6"),
            new Dropout("dropout6", 0.5),
            new Dense("fc7", 256, false, new Initial(0.05, 0.1)),
            new Relu("relu7"),
            new Dropout("dropout7", 0.5),
            new Dense("fc8", 0, true, new Initial(0.05, 0))));
  }

  /**
   * A network of four layers for CIFAR-10, as figure 1 compares activations on (section 3.1): the
   * paper does not say which. This has the widths of the original program's small example (its
   * configuration of 18 % error), with one kind of pooling, and without the normalisations, because
   * the paper's had no regularisation. A window of 2 × 2 is the smallest that fits maps of 32
   * pixels.
   */
  public static AlexNetSpec cifar() {
    return new AlexNetSpec(
        "cifar",
        "Four layers for CIFAR-10, to compare activations with; without regularisation.",
        32,
        32,
        1,
        BIAS_RATE,
        HandSchedules.OF_145,
        List.of(
            new Convolution("conv1", 5, 1, 2, 32, Inputs.IMAGES, new Initial(0.0001, 0)),
            new Relu("relu1"),
            new MaxPooling("pool1", 2, 2),
            new Convolution("conv2", 5, 1, 2, 32, Inputs.OWN, new Initial(0.01, 0)),
            new Relu("relu2"),
            new MaxPooling("pool2", 2, 2),
            new Convolution("conv3", 5, 1, 2, 64, Inputs.OWN, new Initial(0.01, 0)),
            new Relu("relu3"),
            new MaxPooling("pool3", 2, 2),
            new Dense("fc4", 0, true, new Initial(0.01, 0))));
  }
}
