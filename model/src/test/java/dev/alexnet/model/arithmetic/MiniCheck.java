package dev.alexnet.model.arithmetic;

import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tensorflow.proto.ConfigProto;

/** Checks the arithmetic of {@code mini} on two devices of the CPU, in batches of 32 and 3. */
final class MiniCheck {
  static final int CLASSES = 10;
  static final AlexNetSpec MINI = Presets.mini();

  private MiniCheck() {}

  static CheckedArithmetic check(AlexNetSpec network, Kernels kernels, Precision precision) {
    Arithmetic usual = new Arithmetic(kernels, Map.of(), List.of());
    return new ArithmeticCheck(List.of(32, 3), ConfigProto.getDefaultInstance())
        .run(
            network,
            CLASSES,
            new Execution(Placement.host(network.towers()), precision, usual),
            Pass.TRAINING);
  }

  static Set<String> ofThisProcessor(Precision precision) {
    return wrong(check(MINI, Kernels.ofTensorFlow(), precision));
  }

  static Set<String> wrong(CheckedArithmetic checked) {
    return checked.operations().stream()
        .filter(operation -> !operation.isUsual())
        .map(operation -> operation.operation().layer() + " " + operation.operation().pass().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
