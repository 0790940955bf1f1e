package dev.alexnet.model.training.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The settings of a training for TensorBoard's table of hyperparameters. Its plugin keeps them in a
 * message of its own, {@code HParamsPluginData}, of which TensorFlow's libraries have no classes;
 * the numbers of the fields are those of {@code tensorboard/plugins/hparams/plugin_data.proto}.
 */
final class HyperparameterSummary {
  private static final String PLUGIN = "hparams";
  private static final String TAG = "_hparams_/session_start_info";

  private static final int SESSION_START_INFO = 3;
  private static final int HPARAMS = 1;
  private static final int START_TIME_SECS = 5;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private HyperparameterSummary() {}

  /**
   * @param settings by name; what reads as a number is one for TensorBoard
   * @param startSeconds when this run started, in seconds since 1970
   */
  static Summary of(Map<String, String> settings, double startSeconds) {
    SummaryMetadata.PluginData data =
        SummaryMetadata.PluginData.newBuilder()
            .setPluginName(PLUGIN)
            .setContent(ByteString.copyFrom(content(settings, startSeconds)))
            .build();
    return Summary.newBuilder()
        .addValue(
            Summary.Value.newBuilder()
                .setTag(TAG)
                // The plugin reads only the metadata, but data without a value is dropped.
                .setTensor(
                    TensorProto.newBuilder()
                        .setDtype(DataType.DT_FLOAT)
                        .setTensorShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dim.getDefaultInstance())))
                .setMetadata(SummaryMetadata.newBuilder().setPluginData(data)))
        .build();
  }

  static byte[] content(Map<String, String> settings, double startSeconds) {
    return message(
        content ->
            content.writeByteArray(
                SESSION_START_INFO, message(start -> write(start, settings, startSeconds))));
  }

  private static void write(
      CodedOutputStream start, Map<String, String> settings, double startSeconds)
      throws IOException {
    for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
      start.writeByteArray(
          HPARAMS,
          message(
              entry -> {
                entry.writeString(KEY, setting.getKey());
                entry.writeMessage(VALUE, value(setting.getValue()));
              }));
    }
    start.writeDouble(START_TIME_SECS, startSeconds);
  }

  private static Value value(String text) {
    try {
      return Value.newBuilder().setNumberValue(Double.parseDouble(text)).build();
    } catch (NumberFormatException e) {
      return Value.newBuilder().setStringValue(text).build();
    }
  }

  private interface Fields {
    void writeTo(CodedOutputStream message) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(message);
      message.flush();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
