package dev.alexnet.model.training;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import java.util.Arrays;
import java.util.List;

/**
 * What a training begins with instead of random values.
 *
 * @param directory an exported model, or one checkpoint; local
 * @param layers those to copy, separated by commas; empty for all that are the same in both
 */
public record InitialModel(Location directory, String layers) {

  public InitialModel {
    new Problems("train")
        .require(
            directory != null,
            "initial-layers is given, but initial-model is not; give the model or the checkpoint to copy"
                + " them from")
        .require(
            directory == null || !directory.isCloud(),
            "initial-model is %s; it must be local",
            directory)
        .require(layers != null, "initial-layers is missing")
        .throwIfAny();
  }

  List<String> layerNames() {
    return Arrays.stream(layers.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
