package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.alexnet.infra.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** The bytes are compared with TensorFlow's in {@link TfRecordTest}. */
class ExampleCodecTest {
  private static final Labels LABELS =
      new Labels(
          List.of(new ClassLabel("n01440764", "tench"), new ClassLabel("n02007558", "flamingo")));
  private static final ExampleCodec CODEC = new ExampleCodec(RecordSchema.TFDS, LABELS, 256);
  private static final ExampleCodec SLIM = new ExampleCodec(RecordSchema.SLIM, LABELS, 256);
  private static final ImageRecord RECORD =
      new ImageRecord(new byte[] {1, 2, 3}, 5, "n01440764_18.JPEG", "n01440764");

  private static byte[] changed(Consumer<Features.Builder> change) throws Exception {
    Example.Builder example = Example.parseFrom(CODEC.encode(RECORD)).toBuilder();
    change.accept(example.getFeaturesBuilder());
    return example.build().toByteArray();
  }

  private static Feature integers(long... values) {
    Int64List.Builder list = Int64List.newBuilder();
    for (long value : values) {
      list.addValue(value);
    }
    return Feature.newBuilder().setInt64List(list).build();
  }

  private static void assertBadData(byte[] encoded, String message) {
    assertThatFailure(() -> CODEC.decode(encoded, "f at byte 12"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(message);
  }

  @Test
  void decode_whatEncodeWrote_isEqual() {
    assertThat(CODEC.decode(CODEC.encode(RECORD), "f"))
        .usingRecursiveComparison()
        .isEqualTo(RECORD);
  }

  @Test
  void decode_furtherFeature_isIgnored() throws Exception {
    byte[] encoded = changed(features -> features.putFeature("height", integers(256)));

    assertThat(CODEC.decode(encoded, "f")).usingRecursiveComparison().isEqualTo(RECORD);
  }

  @Test
  void decode_missingFeature_isBadData() throws Exception {
    assertBadData(
        changed(features -> features.removeFeature("image")),
        "f at byte 12: the feature 'image' is not one byte string");
    assertBadData(
        changed(features -> features.removeFeature("label")),
        "f at byte 12: the feature 'label' must hold exactly one int64");
    assertBadData(
        changed(features -> features.removeFeature("wnid")),
        "f at byte 12: the feature 'wnid' is not one byte string");
    assertBadData(new byte[0], "f at byte 12: the feature 'image' is not one byte string");
  }

  @Test
  void decode_featureOfOtherTypeOrCount_isBadData() throws Exception {
    Feature text =
        Feature.newBuilder()
            .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8("5")))
            .build();

    assertBadData(
        changed(features -> features.putFeature("label", text)),
        "f at byte 12: the feature 'label' must hold exactly one int64");
    assertBadData(
        changed(features -> features.putFeature("label", integers(1, 2))),
        "f at byte 12: the feature 'label' must hold exactly one int64");
    assertBadData(
        changed(features -> features.putFeature("file_name", integers(1))),
        "f at byte 12: the feature 'file_name' is not one byte string");
  }

  @Test
  void decode_valueOutOfRange_isBadDataThatSaysWhere() throws Exception {
    assertBadData(
        changed(features -> features.putFeature("label", integers(-2))),
        "f at byte 12: n01440764_18.JPEG has the label -2; it must be at least -1");
    assertBadData(
        ExampleCodecTest.changed(
            features ->
                features.putFeature(
                    "file_name",
                    Feature.newBuilder()
                        .setBytesList(BytesList.newBuilder().addValue(ByteString.EMPTY))
                        .build())),
        "f at byte 12: An image record has no file name");
  }

  @Test
  void decode_noProtocolBuffer_isBadData() {
    assertBadData(new byte[] {10, 100, 1}, "f at byte 12 does not hold a tf.train.Example: ");
  }

  @Test
  void slim_records_areBytesThatTensorFlowWrote() throws IOException {
    ImageRecord flamingo =
        new ImageRecord(new byte[] {-1, -40}, 1, "n02007558_1.JPEG", "n02007558");
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    ImageRecord unknown = new ImageRecord(everyByte, ImageRecord.NO_LABEL, "größe/犬.JPEG", "");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    TfRecordWriter writer = new TfRecordWriter(file);
    writer.write(SLIM.encode(flamingo));
    writer.write(SLIM.encode(unknown));

    assertThat(file.toByteArray()).isEqualTo(Golden.bytes("slim.tfrecord"));
    assertThat(SLIM.decode(SLIM.encode(flamingo), "f"))
        .usingRecursiveComparison()
        .isEqualTo(flamingo);
    assertThat(SLIM.decode(SLIM.encode(unknown), "f"))
        .usingRecursiveComparison()
        .isEqualTo(unknown);
  }

  @Test
  void decode_recordOfTheOtherSchema_isBadDataThatNamesTheFeature() {
    assertThatThrownBy(() -> SLIM.decode(CODEC.encode(RECORD), "f at byte 0"))
        .hasMessage("f at byte 0: the feature 'image/encoded' is not one byte string");
  }

  @Test
  void schema_unknownName_suggestsTheNearest() {
    assertThatThrownBy(() -> RecordSchema.of("slin"))
        .hasMessage("record-schema is 'slin'; did you mean 'slim'?");
  }
}
