package dev.alexnet.model.training;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.AlexNetSpec;
import java.util.Arrays;
import java.util.List;

/**
 * What a training starts with instead of random values.
 *
 * @param directory an exported model, or one checkpoint
 * @param layers the layers to copy, separated by commas; empty for all that are the same in both
 */
public record InitialModel(Location directory, String layers) {
  public static final Setting<Location> DIRECTORY =
      Setting.location("initial-model")
          .description(
              "A model, or one checkpoint, whose layers to start with; without it the values "
                  + "are random.");

  public static final Setting<String> LAYERS =
      Setting.text("initial-layers")
          .label("LAYER,LAYER")
          .description(
              "Which of its layers, separated by commas: conv1,conv2; if not given, all that "
                  + "are the"
                  + " same in both.");

  static final List<Setting<?>> SETTINGS = List.of(DIRECTORY, LAYERS);

  public InitialModel {
    new Problems("train")
        .require(
            directory != null,
            "initial-layers is given, but initial-model is not; give the model or the "
                + "checkpoint to copy"
                + " them from")
        .require(layers != null, "initial-layers is missing")
        .throwIfAny();
  }

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE if the network does not have a layer
   */
  void check(AlexNetSpec spec) {
    List<String> learning = LayerFactors.learning(spec);
    layerNames()
        .forEach(layer -> LayerFactors.requireLayer("initial-layers", layer, spec, learning));
  }

  List<String> layerNames() {
    return Arrays.stream(layers.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
