package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.KernelDef;
import org.tensorflow.proto.KernelList;
import org.tensorflow.proto.NodeDef;

/**
 * Checks that TensorFlow's GPU build has kernels for all operations that a training places on GPUs.
 * It needs no GPU: {@code mvn -Pgpu -pl model -am test -Dtest=GpuKernelsTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class GpuKernelsTest {
  private static final Set<String> ON_GPU = Set.of("GPU", "DEFAULT");

  @TempDir Path directory;

  private final Map<String, List<KernelDef>> kernels = new HashMap<>();

  @BeforeEach
  void requireGpuBuild() {
    assumeTrue(
        kernels("Conv2D").stream().anyMatch(kernel -> kernel.getDeviceType().equals("GPU")),
        "TensorFlow's CPU build has no kernels for GPUs (-Pgpu has)");
  }

  @ParameterizedTest
  @CsvSource({
    "published, fp32, sgd",
    "published, bf16, sgd",
    "paper-text, fp32, sgd",
    "paper-text, bf16, sgd",
    "conv6, fp32, lars",
    "mini, bf16, lars"
  })
  void kernels_forAllThatATrainingPutsOnGpus_areThere(
      String preset, String precision, String optimizer) {
    AlexNetSpec spec = Presets.named(preset);
    Dataset data = DatasetFixture.write(directory, "train", spec.imageSize(), 4, 8);
    SessionPlan plan =
        new SessionPlan(
            spec,
            Execution.on(
                Placement.parse("gpu:0,gpu:1", 2), NetworkSettings.PRECISION.parse(precision)),
            optimizer.equals("lars") ? UpdateRule.LARS : UpdateRule.PUBLISHED,
            4,
            1,
            true,
            step -> true);
    Set<String> missing = new TreeSet<>();
    int placed = 0;
    try (TrainingSession session = new TrainingSession(plan, data, data, StallWatch.unlimited())) {
      for (NodeDef node : session.graphDefinition().getNodeList()) {
        if (node.getDevice().contains("GPU")) {
          placed++;
          if (kernels(node.getOp()).stream().noneMatch(kernel -> fits(kernel, node))) {
            missing.add(node.getOp() + " of " + types(node));
          }
        }
      }
    }
    assertThat(placed).isGreaterThan(500);
    assertThat(missing).isEmpty();
  }

  private static boolean fits(KernelDef kernel, NodeDef node) {
    return ON_GPU.contains(kernel.getDeviceType())
        && kernel.getLabel().isEmpty()
        && kernel.getConstraintList().stream()
            .allMatch(
                constraint ->
                    constraint
                        .getAllowedValues()
                        .getList()
                        .getTypeList()
                        .contains(node.getAttrOrThrow(constraint.getName()).getType()));
  }

  private static Map<String, String> types(NodeDef node) {
    Map<String, String> types = new HashMap<>();
    node.getAttrMap()
        .forEach(
            (name, value) -> {
              if (value.getValueCase() == AttrValue.ValueCase.TYPE) {
                types.put(name, value.getType().name());
              }
            });
    return types;
  }

  private List<KernelDef> kernels(String operation) {
    return kernels.computeIfAbsent(operation, GpuKernelsTest::registered);
  }

  private static List<KernelDef> registered(String operation) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer buffer = tensorflow.TF_GetRegisteredKernelsForOp(operation, status);
      status.throwExceptionIfNotOK();
      byte[] list = new byte[Math.toIntExact(buffer.length())];
      new BytePointer(buffer.data()).get(list);
      tensorflow.TF_DeleteBuffer(buffer);
      return KernelList.parseFrom(list).getKernelList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("The kernels of " + operation + " are no list", e);
    }
  }
}
