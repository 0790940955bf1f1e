package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.trace.StepTrace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class MixedPrecisionTest {
  private static final int BATCH = 32;
  private static final int STEPS = 8;

  @TempDir static Path directory;
  private static Dataset data;

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(directory.resolve("data"), "train", 56, 4, BATCH * STEPS);
  }

  private static TrainingSession session(Precision precision) {
    return new TrainingSession(
        Presets.mini(),
        Placement.parse("cpu:0,cpu:1", 2),
        precision,
        data,
        null,
        UpdateRule.PUBLISHED,
        BATCH,
        1,
        start -> true);
  }

  private static List<Double> losses(Precision precision) {
    List<Double> losses = new ArrayList<>();
    try (TrainingSession session = session(precision)) {
      session.initialize();
      session.seek(0);
      for (int step = 0; step < STEPS; step++) {
        losses.add(session.step(step, new LearningRates(0.01, 0.02)).meanLoss());
      }
    }
    return losses;
  }

  @Test
  void graph_ofBf16_shortensConvolutionsAndProductsAndNothingElseThatMatters() {
    Map<String, Set<DataType>> types = new HashMap<>();
    try (TrainingSession session = session(Precision.BF16)) {
      for (NodeDef node : session.graphDefinition().getNodeList()) {
        DataType type =
            node.getAttrOrDefault("T", node.getAttrOrDefault("dtype", null)) == null
                ? DataType.DT_INVALID
                : node.getAttrOrDefault("T", node.getAttrOrDefault("dtype", null)).getType();
        types.computeIfAbsent(node.getOp(), op -> new TreeSet<>()).add(type);
      }
    }
    for (String shortened :
        List.of("Conv2D", "Conv2DBackpropFilter", "Conv2DBackpropInput", "MaxPool", "Relu")) {
      assertThat(types.get(shortened)).as(shortened).containsExactly(DataType.DT_BFLOAT16);
    }
    for (String whole :
        List.of(
            "LRN",
            "LRNGrad",
            "AvgPool",
            "SoftmaxCrossEntropyWithLogits",
            "ResourceApplyKerasMomentum")) {
      assertThat(types.get(whole)).as(whole).containsExactly(DataType.DT_FLOAT);
    }
  }

  @Test
  void graph_ofFp32_hasNothingShortened() {
    try (TrainingSession session = session(Precision.FP32)) {
      assertThat(session.graphDefinition().toString()).doesNotContain("DT_BFLOAT16");
    }
  }

  @Test
  void steps_inBf16_stayNearThoseInFloat32() {
    List<Double> exact = losses(Precision.FP32);
    List<Double> shortened = losses(Precision.BF16);
    assertThat(shortened).isNotEqualTo(exact);
    for (int step = 0; step < STEPS; step++) {
      assertThat(shortened.get(step))
          .as("loss of step " + step)
          .isCloseTo(exact.get(step), within(0.02 * exact.get(step)));
    }
  }

  @Test
  void steps_inBf16ThreeTimes_areTheSameBits() {
    List<Double> first = losses(Precision.BF16);
    assertThat(losses(Precision.BF16)).isEqualTo(first);
    assertThat(losses(Precision.BF16)).isEqualTo(first);
  }

  @Test
  void bytesBetweenTowers_inBf16_areHalfOfThoseInFloat32() {
    try (TrainingSession session = session(Precision.BF16)) {
      session.initialize();
      session.seek(0);
      StepTrace trace =
          StepTrace.of(session.tracedStep(0, new LearningRates(0.01, 0.02)).metadata());
      NetworkProfile profile = NetworkProfile.of(Presets.mini(), 4);
      assertThat(trace.bytesBetweenTowers())
          .isEqualTo(profile.crossingBytes(BATCH, Precision.BF16))
          .isEqualTo(profile.crossingBytes(BATCH) / 2);
    }
  }

  private static TrainingSettings settings(String precision, long steps) {
    return new TrainingSettings(
        data.location(),
        null,
        Location.of(directory.resolve("work")),
        "mini",
        "",
        0,
        steps,
        BATCH,
        precision,
        LearningPlan.of(0.01, "constant"),
        "cpu:0,cpu:1",
        0,
        "auto",
        10,
        1,
        false,
        10);
  }

  private static TrainingResult train(TrainingSettings settings) {
    return Trainer.train(
        settings,
        ObjectStores.standard(),
        Progress.SILENT,
        notice -> {},
        Clock.systemUTC(),
        () -> false);
  }

  @Test
  void train_inAnotherPrecisionThanBefore_isRefusedAndTheModelSaysWhich() {
    Location model = train(settings("bf16", 2)).model();
    assertThat(Predictor.describe(ObjectStores.standard(), model).settings())
        .containsEntry("precision", "bf16");
    assertThatThrownBy(() -> train(settings("fp32", 2)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("precision");
  }
}
