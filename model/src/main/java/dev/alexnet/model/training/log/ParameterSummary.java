package dev.alexnet.model.training.log;

import com.google.protobuf.ByteString;
import dev.alexnet.model.image.PngEncoding;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.prediction.FirstFilters;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.Snapshot;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TFloat32;

/**
 * Summarises the parameters: histograms, the filters of conv1, and, as the original program printed
 * at each test, the mean absolute value of weights and their updates. The momentum is the last
 * step's update, but a frozen layer keeps the momentum that it had when it was frozen.
 *
 * @param scalars mean absolute weight and update of each layer, and their ratio, by tag
 * @param pictures histograms and filters
 */
record ParameterSummary(Map<String, Double> scalars, Summary pictures) {
  private static final String FIRST_CONVOLUTION = "conv1";
  private static final int RGB = 3;

  /**
   * @param parameters of all towers
   * @param rates of the last step
   */
  static ParameterSummary of(Snapshot snapshot, List<Parameter> parameters, LearningRates rates) {
    Summary.Builder summary = Summary.newBuilder();
    Map<String, Histogram> weights = new LinkedHashMap<>();
    Map<String, Histogram> updates = new LinkedHashMap<>();
    List<float[]> filters = new ArrayList<>();
    int side = 0;
    for (Parameter parameter : parameters) {
      float[] values = values(snapshot, parameter.name(), parameter);
      float[] update =
          rates.of(parameter) == 0
              ? new float[values.length]
              : values(snapshot, parameter.name() + "/momentum", parameter);
      addHistogram(summary, "parameters/" + parameter.name(), values);
      addHistogram(summary, "updates/" + parameter.name(), update);
      if (parameter.kind() == Parameter.Kind.WEIGHTS) {
        weights.computeIfAbsent(parameter.layer(), layer -> new Histogram()).add(values);
        updates.computeIfAbsent(parameter.layer(), layer -> new Histogram()).add(update);
        if (parameter.layer().equals(FIRST_CONVOLUTION)) {
          filters.add(values);
          side = Math.toIntExact(parameter.shape().get(0));
        }
      }
    }
    if (!filters.isEmpty()) {
      addPicture(summary, FIRST_CONVOLUTION, FilterSheet.of(FirstFilters.ofWeights(side, filters)));
    }
    return new ParameterSummary(scalars(weights, updates), summary.build());
  }

  private static float[] values(Snapshot snapshot, String name, Parameter parameter) {
    TFloat32 value = snapshot.value(name);
    float[] values = new float[Math.toIntExact(parameter.size())];
    value.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static Map<String, Double> scalars(
      Map<String, Histogram> weights, Map<String, Histogram> updates) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    weights.forEach(
        (layer, histogram) -> {
          double weight = histogram.meanAbsolute();
          double update = updates.get(layer).meanAbsolute();
          scalars.put(TrainingLog.MEAN_WEIGHT + layer, weight);
          scalars.put("mean_absolute_update/" + layer, update);
          scalars.put("update_to_weight/" + layer, update / weight);
        });
    return scalars;
  }

  private static void addHistogram(Summary.Builder summary, String tag, float[] values) {
    Histogram histogram = new Histogram();
    histogram.add(values);
    summary.addValue(Summary.Value.newBuilder().setTag(tag).setHisto(histogram.proto()));
  }

  private static void addPicture(Summary.Builder summary, String tag, BufferedImage picture) {
    summary.addValue(
        Summary.Value.newBuilder()
            .setTag("filters/" + tag)
            .setImage(
                Summary.Image.newBuilder()
                    .setHeight(picture.getHeight())
                    .setWidth(picture.getWidth())
                    .setColorspace(RGB)
                    .setEncodedImageString(ByteString.copyFrom(PngEncoding.of(picture)))));
  }
}
