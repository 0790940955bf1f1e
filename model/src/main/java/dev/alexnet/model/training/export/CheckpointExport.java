package dev.alexnet.model.training.export;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelExport;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.training.checkpoint.CheckpointChoice;
import dev.alexnet.model.training.checkpoint.CheckpointInspection;
import dev.alexnet.model.training.checkpoint.CheckpointParameters;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * Exports a checkpoint as a model, with the same bytes as the training itself exports from the
 * parameters of that step.
 */
public final class CheckpointExport {
  private final ObjectStore store;

  @Inject
  public CheckpointExport(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * @throws Failure as {@link #export(Location, Location, Location)}
   */
  public ModelDescription export(ExportSettings settings) {
    Location checkpoint =
        new CheckpointChoice(store, settings.checkpoints()).find(settings.checkpoint());
    return export(checkpoint, settings.data(), settings.output());
  }

  /**
   * Exports one checkpoint. A sound model of the same checkpoint is left as it is.
   *
   * @param checkpoint its directory
   * @param data the dataset that was trained on
   * @param output the directory of the model
   * @throws Failure of kind INPUT_MISSING if checkpoint or dataset do not exist, BAD_DATA if the
   *     checkpoint is damaged, MISMATCH if it was trained on another dataset or this program does
   *     not have its network, OUTPUT_EXISTS if the output holds something else
   */
  public ModelDescription export(Location checkpoint, Location data, Location output) {
    CheckpointInspection found = CheckpointInspection.of(store, checkpoint);
    requireSound(found);
    Dataset dataset = Dataset.open(store, data);
    requireTrainedOn(dataset, found);
    if (ModelInspection.isAt(store, output)) {
      ModelDescription existing = Predictor.describe(store, output);
      requireSame(existing, found, output);
      if (ModelInspection.of(store, output).findings().isEmpty()) {
        return existing;
      }
    } else if (!store.list(output).isEmpty()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          output + " holds other files; choose another --output for the model");
    }
    return write(found, dataset, output);
  }

  private ModelDescription write(CheckpointInspection checkpoint, Dataset data, Location output) {
    AlexNetSpec network = Presets.described(checkpoint.settings().get("preset"));
    ModelExport.Facts facts =
        new ModelExport.Facts(
            data.manifest().labels(),
            data.meanImage(),
            checkpoint.step(),
            data.hash(),
            checkpoint.settings(),
            List.of());
    Path scratch = scratch();
    try (CheckpointParameters parameters =
        CheckpointParameters.of(store, checkpoint.directory(), scratch)) {
      return ModelExport.write(
          store, output, network, facts, parameter -> values(parameters, parameter, checkpoint));
    } finally {
      delete(scratch);
    }
  }

  private static float[] values(
      CheckpointParameters parameters, Parameter parameter, CheckpointInspection checkpoint) {
    FloatNdArray stored =
        parameters
            .find(parameter.name())
            .filter(array -> array.shape().equals(parameter.shape()))
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.MISMATCH,
                        "%s has no %s of the shape %s, which its network '%s' has in this version of the program; export it with the version that trained it"
                            .formatted(
                                checkpoint.directory(),
                                parameter.name(),
                                parameter.shape(),
                                checkpoint.settings().get("preset"))));
    float[] values = new float[Math.toIntExact(parameter.size())];
    stored.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static void requireSound(CheckpointInspection checkpoint) {
    if (!checkpoint.findings().isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s: %s. Choose another checkpoint"
              .formatted(
                  checkpoint.findings().get(0).file(), checkpoint.findings().get(0).problem()));
    }
  }

  private static void requireTrainedOn(Dataset data, CheckpointInspection checkpoint) {
    String trainedOn = checkpoint.settings().get("dataset");
    if (!data.hash().equals(trainedOn)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s was trained on another dataset than %s: the SHA-256 of its manifest was %s, and this one has %s. Give the dataset that it was trained on"
              .formatted(checkpoint.directory(), data.location(), trainedOn, data.hash()));
    }
  }

  private static void requireSame(
      ModelDescription existing, CheckpointInspection checkpoint, Location output) {
    if (existing.steps() != checkpoint.step()
        || !existing.settings().equals(checkpoint.settings())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s is the model of another training or of another step (%d, and %s is of step %d); choose another --output"
              .formatted(output, existing.steps(), checkpoint.directory(), checkpoint.step()));
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("alexnet-export");
    } catch (IOException e) {
      throw Failure.inputOutput("write", Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static void delete(Path scratch) {
    try {
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      throw Failure.inputOutput("delete", scratch, e);
    }
  }
}
