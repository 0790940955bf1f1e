package dev.alexnet.model.dataset;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.protobuf.StableBytes;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/**
 * An {@link ImageRecord} as a {@code tf.train.Example} with the feature names of TensorFlow
 * Datasets: {@code image}, {@code label}, {@code file_name}, and {@code wnid}.
 */
public final class ExampleCodec {
  /** The JPEG file, bytes. */
  public static final String IMAGE = "image";

  /** The class counted from 0, int64. */
  public static final String LABEL = "label";

  /** The id of the image, bytes in UTF-8. */
  public static final String FILE_NAME = "file_name";

  /** The WordNet id, bytes in UTF-8. */
  public static final String WNID = "wnid";

  private ExampleCodec() {}

  /** Equal records give equal bytes. */
  public static byte[] encode(ImageRecord record) {
    Example example =
        Example.newBuilder()
            .setFeatures(
                Features.newBuilder()
                    .putFeature(FILE_NAME, bytes(ByteString.copyFromUtf8(record.fileName())))
                    .putFeature(IMAGE, bytes(ByteString.copyFrom(record.image())))
                    .putFeature(LABEL, integer(record.label()))
                    .putFeature(WNID, bytes(ByteString.copyFromUtf8(record.wnid()))))
            .build();
    return StableBytes.of(example);
  }

  /**
   * @param where what to call the record in an error: file and offset
   * @throws Failure of kind BAD_DATA where a feature is missing, of another type or out of range
   */
  public static ImageRecord decode(byte[] encoded, Object where) {
    Features features;
    try {
      features = Example.parseFrom(encoded).getFeatures();
    } catch (InvalidProtocolBufferException e) {
      throw new Failure(Failure.Kind.BAD_DATA, where + " holds no tf.train.Example: " + e, e);
    }
    byte[] image = oneOf(features, IMAGE, where).toByteArray();
    long label = labelOf(features, where);
    String fileName = oneOf(features, FILE_NAME, where).toStringUtf8();
    String wnid = oneOf(features, WNID, where).toStringUtf8();
    try {
      return new ImageRecord(image, label, fileName, wnid);
    } catch (Failure e) {
      throw new Failure(Failure.Kind.BAD_DATA, where + ": " + e.getMessage(), e);
    }
  }

  private static ByteString oneOf(Features features, String name, Object where) {
    Feature feature = features.getFeatureOrDefault(name, Feature.getDefaultInstance());
    if (feature.getBytesList().getValueCount() != 1) {
      throw new Failure(
          Failure.Kind.BAD_DATA, where + ": the feature '" + name + "' is not one byte string");
    }
    return feature.getBytesList().getValue(0);
  }

  private static long labelOf(Features features, Object where) {
    Feature feature = features.getFeatureOrDefault(LABEL, Feature.getDefaultInstance());
    if (feature.getInt64List().getValueCount() != 1) {
      throw new Failure(
          Failure.Kind.BAD_DATA, where + ": the feature '" + LABEL + "' is not one int64");
    }
    return feature.getInt64List().getValue(0);
  }

  private static Feature bytes(ByteString value) {
    return Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(value)).build();
  }

  private static Feature integer(long value) {
    return Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(value)).build();
  }
}
