package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.prediction.ExportedParameters;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import dev.alexnet.model.training.checkpoint.CheckpointParameters;
import dev.alexnet.model.training.step.SessionVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Copies layers of a model or a checkpoint into a new training, by name, tower and shape: the
 * paper's way to pre-train and fine-tune (section 6). Momentum starts at 0.
 */
final class InitialLayers {
  private final ObjectStore store;
  private final InitialModel settings;
  private final boolean exported;
  private final boolean sameClasses;
  private final String identity;

  private InitialLayers(
      ObjectStore store,
      InitialModel settings,
      boolean exported,
      boolean sameClasses,
      String identity) {
    this.store = store;
    this.settings = settings;
    this.exported = exported;
    this.sameClasses = sameClasses;
    this.identity = identity;
  }

  /**
   * @param data the training set of the new training
   * @throws Failure of kind INPUT_MISSING if the directory is neither a model nor a checkpoint,
   *     BAD_DATA if it is damaged
   */
  static InitialLayers open(ObjectStore store, InitialModel settings, Dataset data) {
    Location directory = settings.directory();
    if (ModelInspection.isAt(store, directory)) {
      Location file = directory.resolve(ModelDescription.FILE);
      ModelInspection model = ModelInspection.of(store, directory);
      requireSound(model.findings());
      boolean same =
          model.description().labels().differenceFrom(data.manifest().labels()).isEmpty();
      return new InitialLayers(store, settings, true, same, Sha256.of(store.readAll(file)));
    }
    if (!CheckpointInspection.isAt(store, directory)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "initial-model "
              + directory
              + " is neither an exported model (no "
              + ModelDescription.FILE
              + ") nor a checkpoint (no "
              + CheckpointInspection.COMMIT
              + "). In a training's work directory, give model/ or one directory under "
              + "checkpoints/");
    }
    CheckpointInspection checkpoint = CheckpointInspection.of(store, directory);
    requireSound(checkpoint.findings());
    return new InitialLayers(
        store,
        settings,
        false,
        data.hash().equals(checkpoint.settings().get("dataset")),
        Sha256.of(store.readAll(directory.resolve(CheckpointInspection.COMMIT))));
  }

  private static void requireSound(List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "initial-model is damaged: " + findings.get(0).file() + ": " + findings.get(0).problem());
    }
  }

  /** What a training depends on: the content of the model, wherever it is stored. */
  String identity() {
    return identity + (settings.layerNames().isEmpty() ? "" : " " + settings.layerNames());
  }

  /**
   * @param scratch where the files of a checkpoint in a bucket are copied to meanwhile
   * @throws Failure of kind MISMATCH if a requested layer does not fit, or no layer fits
   */
  void copyInto(SessionVariables variables, Path scratch, Consumer<String> notices) {
    if (exported) {
      ExportedParameters parameters = ExportedParameters.of(store, settings.directory());
      copy(parameters::find, variables, notices);
    } else {
      try (CheckpointParameters parameters =
          CheckpointParameters.of(store, settings.directory(), scratch)) {
        copy(parameters::find, variables, notices);
      }
    }
  }

  private void copy(
      Function<String, Optional<FloatNdArray>> stored,
      SessionVariables variables,
      Consumer<String> notices) {
    Map<String, List<Parameter>> byLayer =
        variables.parameters().stream()
            .collect(
                Collectors.groupingBy(Parameter::layer, LinkedHashMap::new, Collectors.toList()));
    String last = new ArrayList<>(byLayer.keySet()).get(byLayer.size() - 1);
    List<String> wanted = settings.layerNames();
    List<String> copied = new ArrayList<>();
    List<String> left = new ArrayList<>();
    byLayer.forEach(
        (layer, parameters) -> {
          if (!wanted.isEmpty() && !wanted.contains(layer)) {
            left.add(layer);
            return;
          }
          Optional<String> obstacle =
              wanted.isEmpty() && layer.equals(last) && !sameClasses
                  ? Optional.of("other classes")
                  : obstacle(stored, parameters);
          if (obstacle.isEmpty()) {
            parameters.forEach(
                parameter ->
                    variables.assign(parameter, stored.apply(parameter.name()).orElseThrow()));
            copied.add(layer);
          } else if (wanted.isEmpty()) {
            left.add(layer + " (" + obstacle.get() + ")");
          } else {
            throw mismatch("initial-layers names " + layer + ", but: " + obstacle.get());
          }
        });
    if (copied.isEmpty()) {
      throw mismatch("no layer fits: " + String.join(", ", left));
    }
    notices.accept(
        "Copied from "
            + settings.directory()
            + ": "
            + String.join(", ", copied)
            + (left.isEmpty() ? "" : "; initialised at random: " + String.join(", ", left)));
  }

  private Failure mismatch(String what) {
    return new Failure(
        Failure.Kind.MISMATCH, "initial-model " + settings.directory() + ": " + what);
  }

  /** Why the layer cannot be copied. */
  private static Optional<String> obstacle(
      Function<String, Optional<FloatNdArray>> stored, List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      Optional<FloatNdArray> value = stored.apply(parameter.name());
      if (value.isEmpty()) {
        return Optional.of("it has no " + parameter.name());
      }
      if (!value.get().shape().equals(parameter.shape())) {
        return Optional.of(
            parameter.name()
                + " is "
                + value.get().shape()
                + " there, "
                + parameter.shape()
                + " here");
      }
    }
    long towers = parameters.stream().map(Parameter::tower).distinct().count();
    String next = "tower" + towers + "/" + parameters.get(0).layer() + "/weights";
    return stored.apply(next).isPresent()
        ? Optional.of("it also has " + next + ", which this network does not have")
        : Optional.empty();
  }
}
