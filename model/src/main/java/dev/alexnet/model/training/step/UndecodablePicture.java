package dev.alexnet.model.training.step;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.image.JpegDecoding;
import dev.alexnet.model.session.SessionConfigurations;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * A picture of a dataset that cannot be decoded.
 *
 * @param where file and offset of its record
 * @param message the decoder's
 */
record UndecodablePicture(String id, String where, String message) {
  /**
   * Decodes one picture after another until one fails.
   *
   * @return empty if all can be decoded @throws Failure of kind BAD_DATA if a record before it
   *     cannot be read
   */
  static Optional<UndecodablePicture> firstOf(Dataset dataset) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TString> file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      Operand<TUint8> pixels = JpegDecoding.decode(tf, file);
      try (Session session = new Session(graph, SessionConfigurations.onCpuInCallersThread())) {
        Consumer<byte[]> decoder = picture -> decode(session, file, pixels, picture);
        return dataset.manifest().shards().stream()
            .flatMap(shard -> firstOf(dataset, shard, decoder).stream())
            .findFirst();
      }
    }
  }

  private static Optional<UndecodablePicture> firstOf(
      Dataset dataset, Shard shard, Consumer<byte[]> decoder) {
    ExampleCodec codec = dataset.manifest().codec();
    try (TfRecordReader reader = dataset.read(shard)) {
      for (byte[] data = reader.next(); data != null; data = reader.next()) {
        ImageRecord record = codec.decode(data, reader.where());
        try {
          decoder.accept(record.image());
        } catch (TFInvalidArgumentException e) {
          return Optional.of(
              new UndecodablePicture(record.fileName(), reader.where(), e.getMessage()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.inputOutput("read", dataset.shardLocation(shard), e);
    }
  }

  private static void decode(
      Session session, Placeholder<TString> file, Operand<TUint8> pixels, byte[] picture) {
    try (TString tensor = TString.tensorOfBytes(NdArrays.scalarOfObject(picture))) {
      Result decoded = session.runner().feed(file, tensor).addTarget(pixels).run();
      decoded.close();
    }
  }
}
