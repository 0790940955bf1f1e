package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.model.arithmetic.CheckedOperation;
import dev.alexnet.model.arithmetic.PresetCheck;
import dev.alexnet.model.arithmetic.Processor;
import dev.alexnet.model.network.LocalDevices;
import dev.alexnet.ops.kernel.CheckedKernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at whether the machine computes rightly what the presets are made of. */
final class ArithmeticChecks {
  private ArithmeticChecks() {}

  /** What computes: the processor, TensorFlow and the settings that choose its kernels. */
  static List<Check> ofKernels() {
    Processor processor = Processor.ofThisMachine();
    List<Check> checks = new ArrayList<>();
    checks.add(Check.good("processor", processor.name() + "; caches " + Processor.caches()));
    checks.add(
        Check.good(
            "TensorFlow",
            String.format(
                Locale.ROOT,
                "%s; oneDNN's kernels are %s, with instructions up to %s%s",
                LocalDevices.tensorFlowVersion(),
                Processor.usesOneDnn() ? "on" : "off",
                processor.allowed(),
                settings())));
    if (!processor.canComputeBfloat16()) {
      checks.add(new Check("bfloat16", Failure.Kind.MISMATCH, processor.limitation()));
    }
    return checks;
  }

  /** What of the environment chooses kernels. */
  private static String settings() {
    return Stream.concat(Stream.of(Processor.ONEDNN), Processor.LIMITS.stream())
        .filter(name -> System.getenv(name) != null)
        .map(name -> "; " + name + "=" + System.getenv(name))
        .collect(Collectors.joining());
  }

  /** A line for each preset and precision. */
  static List<Check> of(List<PresetCheck> presets) {
    return presets.stream().map(ArithmeticChecks::of).toList();
  }

  private static Check of(PresetCheck preset) {
    String subject = preset.preset() + " in " + preset.precision();
    List<CheckedOperation> operations = preset.checked().operations();
    long wrong = operations.stream().filter(operation -> operation.form().isEmpty()).count();
    long replaced = operations.stream().filter(operation -> !operation.isUsual()).count() - wrong;
    CheckedOperation worst =
        operations.stream()
            .max(Comparator.comparingDouble(each -> each.error() / each.tolerance()))
            .orElseThrow();
    String largest =
        String.format(
            Locale.ROOT,
            "the largest error is %.1e, of %s of %s; rounding alone gives up to %.1e",
            worst.error(),
            worst.operation().pass(),
            worst.operation().layer(),
            worst.tolerance());
    if (wrong > 0) {
      return new Check(
          subject,
          Failure.Kind.DEVICE,
          "%s computed wrongly in every form that was tried, so this preset cannot run here; try again with TF_ENABLE_ONEDNN_OPTS=0; %s"
              .formatted(of(wrong, operations), largest));
    }
    return Check.good(
        subject,
        replaced == 0
            ? operations.size() + " operations are right; " + largest
            : "%s wrong here, but right in another form; %s"
                .formatted(of(replaced, operations), largest));
  }

  private static String of(long some, List<CheckedOperation> operations) {
    return some + " of " + operations.size() + (some == 1 ? " operations is" : " operations are");
  }

  /** All operations, as somebody may send them to us. */
  static List<CheckedKernel> kernels(List<PresetCheck> presets) {
    return presets.stream().flatMap(preset -> CheckedKernel.of(preset).stream()).toList();
  }

  /** Checks the presets; none if that was not asked for. */
  static List<PresetCheck> presets(DoctorSettings.Arithmetic arithmetic, Progress progress) {
    return arithmetic == DoctorSettings.Arithmetic.NONE ? List.of() : PresetCheck.all(progress);
  }
}
