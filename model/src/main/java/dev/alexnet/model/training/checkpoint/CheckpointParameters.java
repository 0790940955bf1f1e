package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.session.SessionConfigurations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** The parameters of a checkpoint, read one at a time. */
public final class CheckpointParameters implements AutoCloseable {
  private static final String COPY = "initial-checkpoint";

  private final Path tensors;
  private final Optional<Path> copy;
  private final Graph graph = new Graph();
  private final Session session;
  private final Operand<TString> prefix;
  private final Operand<TString> name;
  private final Operand<TFloat32> value;

  /**
   * @param tensors the common path prefix of the checkpoint's files
   * @param copy a directory to delete at the end
   */
  private CheckpointParameters(Path tensors, Optional<Path> copy) {
    this.tensors = tensors;
    this.copy = copy;
    Ops tf = Ops.create(graph);
    prefix = tf.placeholder(TString.class);
    name = tf.placeholder(TString.class);
    Restore restore =
        Restore.create(
            tf.scope(),
            prefix,
            name,
            tf.constant(NdArrays.vectorOfObjects("")),
            List.of(TFloat32.class));
    value = restore.tensors().get(0).asOutput().expect(TFloat32.class);
    session = new Session(graph, SessionConfigurations.onCpu());
  }

  /**
   * @param directory of the checkpoint
   * @param scratch where a checkpoint in a bucket is copied to until this is closed
   * @throws Failure of kind BAD_DATA if the copy is not as its commit says
   */
  public static CheckpointParameters of(ObjectStore store, Location directory, Path scratch) {
    if (!directory.isCloud()) {
      return new CheckpointParameters(
          directory.localPath().resolve(CheckpointName.TENSORS), Optional.empty());
    }
    Path copy = scratch.resolve(COPY);
    delete(copy);
    new PublishedCheckpoint(store, directory).download(copy);
    new CheckpointVerifier(store, Location.of(copy))
        .verified(directory.resolve(CheckpointName.COMMIT));
    return new CheckpointParameters(copy.resolve(CheckpointName.TENSORS), Optional.of(copy));
  }

  private static void delete(Path copy) {
    try {
      CheckpointFiles.delete(copy);
    } catch (IOException e) {
      throw Failure.inputOutput("delete", copy, e);
    }
  }

  public Optional<FloatNdArray> find(String parameter) {
    try (TString path = TString.scalarOf(tensors.toString());
        TString names = TString.vectorOf(parameter);
        Result result = session.runner().feed(prefix, path).feed(name, names).fetch(value).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      FloatNdArray copy = NdArrays.ofFloats(tensor.shape());
      tensor.copyTo(copy);
      return Optional.of(copy);
    } catch (TensorFlowException e) {
      if (String.valueOf(e.getMessage()).contains("not found in checkpoint")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    copy.ifPresent(CheckpointParameters::delete);
  }
}
