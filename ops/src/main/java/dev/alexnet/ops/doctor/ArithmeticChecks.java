package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.model.arithmetic.CheckedOperation;
import dev.alexnet.model.arithmetic.PresetCheck;
import dev.alexnet.model.network.LocalDevices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Looks at whether the machine computes rightly what the presets are made of. */
final class ArithmeticChecks {
  private static final String ONEDNN = "TF_ENABLE_ONEDNN_OPTS";

  private ArithmeticChecks() {}

  /** What computes: the processor, TensorFlow and the settings that choose its kernels. */
  static List<Check> ofKernels() {
    Processor processor = Processor.ofThisMachine();
    return List.of(
        Check.good("processor", processor.name()),
        Check.good(
            "TensorFlow",
            String.format(
                Locale.ROOT,
                "%s; oneDNN %s, with instructions up to %s (%s, %s)",
                LocalDevices.tensorFlowVersion(),
                "0".equals(System.getenv(ONEDNN)) ? "off" : "on",
                processor.instructions(),
                setting(ONEDNN),
                setting(Processor.LIMIT))));
  }

  private static String setting(String name) {
    String value = System.getenv(name);
    return value == null ? name + " not set" : name + "=" + value;
  }

  /** A line for each preset and precision. */
  static List<Check> of(List<PresetCheck> presets) {
    return presets.stream().map(ArithmeticChecks::of).toList();
  }

  private static Check of(PresetCheck preset) {
    String subject = preset.preset() + " in " + preset.precision();
    List<CheckedOperation> operations = preset.checked().operations();
    List<CheckedOperation> wrong =
        operations.stream().filter(operation -> operation.form().isEmpty()).toList();
    long replaced = operations.stream().filter(operation -> !operation.isUsual()).count();
    CheckedOperation worst =
        operations.stream().max(Comparator.comparingDouble(CheckedOperation::error)).orElseThrow();
    String largest =
        String.format(
            Locale.ROOT,
            "the largest error is %.1e, of %s; rounding makes up to %.1e",
            worst.error(),
            worst.operation().pass() + " of " + worst.operation().layer(),
            worst.tolerance());
    if (!wrong.isEmpty()) {
      return new Check(
          subject,
          Failure.Kind.DEVICE,
          String.format(
              Locale.ROOT,
              "%d of %d operations are wrong in every form; %s. Set %s=0 in the environment",
              wrong.size(),
              operations.size(),
              largest,
              ONEDNN));
    }
    return Check.good(
        subject,
        replaced == 0
            ? operations.size() + " operations are right; " + largest
            : String.format(
                Locale.ROOT,
                "%d of %d operations are wrong here and computed in another form; %s",
                replaced,
                operations.size(),
                largest));
  }

  /** All operations, as somebody may send them to us. */
  static List<CheckedKernel> kernels(List<PresetCheck> presets) {
    return presets.stream().flatMap(preset -> CheckedKernel.of(preset).stream()).toList();
  }

  /** Checks the presets; none if that was not asked for. */
  static List<PresetCheck> presets(DoctorSettings.Arithmetic arithmetic, Progress progress) {
    return arithmetic == DoctorSettings.Arithmetic.NONE
        ? new ArrayList<>()
        : PresetCheck.all(progress);
  }
}
