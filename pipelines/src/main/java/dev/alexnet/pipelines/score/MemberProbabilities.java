package dev.alexnet.pipelines.score;

import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.prediction.Ensemble;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** The probabilities that each member of an ensemble gives: computed, or kept by earlier scores. */
interface MemberProbabilities {
  int classes();

  /** Why some of the models' operations were replaced by other forms. */
  List<String> replacedOperations();

  /** Those of the images of a shard. */
  OfShard open(int shard) throws IOException;

  /** The probabilities of one shard's images, in the order of its records. */
  interface OfShard extends Closeable {
    /**
     * @param row the first image's position in the shard; no image may be before those of the last
     *     call
     * @return {@code [images, classes]} of each member
     * @throws TFInvalidArgumentException if one of the images cannot be decoded
     */
    List<float[][]> of(long row, List<ImageRecord> images) throws IOException;

    /**
     * To be called after the last image.
     *
     * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA if a file was damaged
     */
    default void finish() throws IOException {}

    @Override
    default void close() throws IOException {}
  }

  /**
   * Those that the models compute.
   *
   * @param views of each image: 1 or 10
   */
  static MemberProbabilities computedBy(Ensemble ensemble, int views) {
    return new MemberProbabilities() {
      @Override
      public int classes() {
        return ensemble.description().labels().size();
      }

      @Override
      public List<String> replacedOperations() {
        return ensemble.arithmetic().replaced();
      }

      @Override
      public OfShard open(int shard) {
        return (row, images) ->
            ensemble.predictEach(images.stream().map(ImageRecord::image).toList(), views);
      }
    };
  }
}
