package dev.alexnet.ops.paper;

import dev.alexnet.model.network.Presets;
import dev.alexnet.pipelines.score.ScoredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of the paper's networks were scored together.
 *
 * @param plain how many are the published one
 * @param pretrained how many have a sixth convolution and started from another model
 * @param others why further ones are none of the paper's, in words
 */
record ScoredNetworks(int plain, int pretrained, List<String> others) {
  private static final String RANDOM = "none";

  /** The paper's own differences (top-1 and top-5, in points), for variants of the published. */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "half",
          "it says that two towers are 1.7 and 1.2 points better (section 3.2)",
          "published without lrn",
          "it says that normalisation gains 1.4 and 1.2 points (section 3.3)",
          "published without overlap",
          "it says that overlapping pooling gains 0.4 and 0.3 points (section 3.4)",
          "published without conv3",
          "it says that each middle convolution gains about 2 points of top-1 error (section 7)",
          "published without conv4",
          "it says that each middle convolution gains about 2 points of top-1 error (section 7)",
          "published without conv5",
          "it says that each middle convolution gains about 2 points of top-1 error (section 7)",
          "published without dropout",
          "it only says that the network overfits much (section 4.2)");

  ScoredNetworks {
    others = List.copyOf(others);
  }

  /**
   * @param settings of the training of a model; empty if the model was not found
   */
  static ScoredNetworks of(
      List<ScoredModel> models, Function<ScoredModel, Optional<Map<String, String>>> settings) {
    int plain = 0;
    int pretrained = 0;
    List<String> others = new ArrayList<>();
    for (ScoredModel model : models) {
      Optional<Map<String, String>> of = settings.apply(model);
      boolean started =
          of.map(known -> !known.getOrDefault("initial-model", RANDOM).equals(RANDOM))
              .orElse(isConv6(model));
      String augmentation = of.map(known -> known.get("augmentation")).orElse(null);
      if (augmentation != null) {
        others.add(trainedWith(augmentation));
      } else if (model.preset().equals(Presets.published().name()) && !started) {
        plain++;
      } else if (isConv6(model) && started) {
        pretrained++;
      } else {
        others.add(why(model, started));
      }
    }
    return new ScoredNetworks(plain, pretrained, others);
  }

  private static boolean isConv6(ScoredModel model) {
    return model.preset().equals(Presets.conv6().name());
  }

  private static String why(ScoredModel model, boolean started) {
    String own = "the paper prints no error of '" + model.preset() + "'";
    if (DIFFERENCES.containsKey(model.preset())) {
      return own + "; " + DIFFERENCES.get(model.preset());
    }
    if (isConv6(model)) {
      return own + " that was not trained on another set first";
    }
    return started ? own + " that was trained on another set first" : own;
  }

  private static String trainedWith(String augmentation) {
    String own = "the paper prints no error with --augmentation " + augmentation;
    return augmentation.equals("none")
        ? own + "; it only says that the network overfits much (section 4.1)"
        : own + "; it says that colour noise gains over 1 point of top-1 error (section 4.1)";
  }
}
