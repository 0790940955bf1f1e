package dev.alexnet.model.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Decodes pictures in a graph, everywhere in the same way, so that training and scoring see the
 * same pixels.
 */
public final class JpegDecoding {
  private JpegDecoding() {}

  /**
   * Decodes one JPEG or PNG file as RGB, with the accurate transform: TensorFlow's default differs
   * by a few levels.
   *
   * @param file scalar
   * @return {@code [height, width, 3]}
   */
  public static Operand<TUint8> decode(Ops tf, Operand<TString> file) {
    return tf.image.decodeJpeg(
        file, DecodeJpeg.channels(3L), DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
  }
}
