package dev.alexnet.pipelines.features;

import com.google.protobuf.ByteString;
import dev.alexnet.model.protobuf.StableBytes;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** An image's features as a {@code tf.train.Example}. */
final class ExampleFeatures {
  private ExampleFeatures() {}

  /** Equal rows give equal bytes. */
  static byte[] encode(FeatureRow row, float[] values) {
    FloatList.Builder floats = FloatList.newBuilder();
    for (float value : values) {
      floats.addValue(value);
    }
    BytesList image = BytesList.newBuilder().addValue(ByteString.copyFromUtf8(row.image())).build();
    Int64List label = Int64List.newBuilder().addValue(row.label()).build();
    Features features =
        Features.newBuilder()
            .putFeature("features", Feature.newBuilder().setFloatList(floats).build())
            .putFeature("file_name", Feature.newBuilder().setBytesList(image).build())
            .putFeature("label", Feature.newBuilder().setInt64List(label).build())
            .build();
    return StableBytes.of(Example.newBuilder().setFeatures(features).build());
  }
}
