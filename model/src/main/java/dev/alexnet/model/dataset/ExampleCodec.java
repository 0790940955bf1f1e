package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

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
 * Encodes the {@link ImageRecord}s of a dataset as {@code tf.train.Example}s, by its {@link
 * RecordSchema}.
 */
public final class ExampleCodec {
  private static final String SLIM_FORMAT = "JPEG";
  private static final String SLIM_COLOUR_SPACE = "RGB";
  private static final long SLIM_CHANNELS = 3;

  private final RecordSchema schema;
  private final Labels labels;
  private final int imageSize;

  /**
   * @param labels of the dataset
   * @param imageSize height and width of its images in pixels
   */
  public ExampleCodec(RecordSchema schema, Labels labels, int imageSize) {
    this.schema = requireNonNull(schema, "schema is null");
    this.labels = requireNonNull(labels, "labels is null");
    this.imageSize = imageSize;
  }

  /** Equal records give equal bytes. */
  public byte[] encode(ImageRecord record) {
    Features.Builder features =
        Features.newBuilder()
            .putFeature(schema.fileName(), text(record.fileName()))
            .putFeature(schema.image(), bytes(ByteString.copyFrom(record.image())))
            .putFeature(schema.label(), integer(record.label() + schema.labelBase()))
            .putFeature(schema.wnid(), text(record.wnid()));
    if (schema == RecordSchema.SLIM) {
      String name =
          record.label() == ImageRecord.NO_LABEL ? "" : labels.classOf((int) record.label()).name();
      features
          .putFeature("image/format", text(SLIM_FORMAT))
          .putFeature("image/class/text", text(name))
          .putFeature("image/height", integer(imageSize))
          .putFeature("image/width", integer(imageSize))
          .putFeature("image/colorspace", text(SLIM_COLOUR_SPACE))
          .putFeature("image/channels", integer(SLIM_CHANNELS));
    }
    return StableBytes.of(Example.newBuilder().setFeatures(features).build());
  }

  /**
   * @param where what to call the record in an error: file and offset
   * @throws Failure of kind BAD_DATA if a feature is missing, of another type or out of range
   */
  public ImageRecord decode(byte[] encoded, Object where) {
    Features features;
    try {
      features = Example.parseFrom(encoded).getFeatures();
    } catch (InvalidProtocolBufferException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA, where + " does not hold a tf.train.Example: " + e, e);
    }
    byte[] image = oneOf(features, schema.image(), where).toByteArray();
    long label = labelOf(features, where) - schema.labelBase();
    String fileName = oneOf(features, schema.fileName(), where).toStringUtf8();
    String wnid = oneOf(features, schema.wnid(), where).toStringUtf8();
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

  private long labelOf(Features features, Object where) {
    Feature feature = features.getFeatureOrDefault(schema.label(), Feature.getDefaultInstance());
    if (feature.getInt64List().getValueCount() != 1) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + ": the feature '" + schema.label() + "' must hold exactly one int64");
    }
    return feature.getInt64List().getValue(0);
  }

  private static Feature text(String value) {
    return bytes(ByteString.copyFromUtf8(value));
  }

  private static Feature bytes(ByteString value) {
    return Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(value)).build();
  }

  private static Feature integer(long value) {
    return Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(value)).build();
  }
}
