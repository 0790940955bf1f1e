package dev.alexnet.model.augmentation;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.ColourStatistics;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.image.JpegDecoding;
import dev.alexnet.model.image.Levels;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.session.SessionConfigurations;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.EncodeJpeg;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Makes augmented JPEG files from JPEG files. Safe for use by many threads; each call works in its
 * caller's thread. Holds native memory until it is closed.
 */
public final class Augmenter implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final Placeholder<TString> file;
  private final Placeholder<TString> imageId;
  private final Placeholder<TInt64> roundKey;
  private final Placeholder<TInt32> copy;
  private final Operand<TString> augmented;

  /**
   * @param imageSize height and width of the images in pixels
   * @param statistics of the training set
   */
  public Augmenter(Augmentation augmentation, int imageSize, ColourStatistics statistics) {
    graph = new Graph();
    Ops tf = Ops.create(graph);
    file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    imageId = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    roundKey = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    copy = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<TFloat32> image =
        new AugmentationGraph(augmentation, statistics)
            .applyToCopy(tf, JpegDecoding.decode(tf, file), imageSize, roundKey, imageId, copy);
    augmented =
        tf.image.encodeJpeg(
            Levels.of(tf, image), EncodeJpeg.quality((long) PictureConverter.USUAL_QUALITY));
    session = new Session(graph, SessionConfigurations.onCpuInCallersThread());
  }

  /**
   * Augments one image.
   *
   * @param seed of the run
   * @param copyIndex which of the image's copies to make, counted from 0
   * @return a JPEG file
   * @throws Failure of kind BAD_DATA if the image cannot be decoded
   */
  public byte[] augment(ImageRecord record, long seed, int copyIndex) {
    try (TString fileTensor = TString.tensorOfBytes(NdArrays.scalarOfObject(record.image()));
        TString idTensor = TString.scalarOf(record.fileName());
        TInt64 roundTensor = TInt64.scalarOf(AugmentationGraph.roundKey(seed, copyIndex));
        TInt32 copyTensor = TInt32.scalarOf(copyIndex);
        Result result =
            session
                .runner()
                .feed(file, fileTensor)
                .feed(imageId, idTensor)
                .feed(roundKey, roundTensor)
                .feed(copy, copyTensor)
                .fetch(augmented)
                .run()) {
      return ((TString) result.get(0)).asBytes().getObject();
    } catch (TFInvalidArgumentException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "The image " + record.fileName() + " cannot be augmented: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
