package dev.alexnet.ops.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.GpuAbsence;
import dev.alexnet.model.network.LocalDevices;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at what the machine has. */
final class MachineChecks {
  private static final double GIBI = 1 << 30;
  private static final int LEAST_JAVA = 17;
  private static final String DEVICES = "devices";

  // The tests of a small network pass with it.
  private static final double LEAST_HEAP = 0.9 * GIBI;

  private MachineChecks() {}

  static List<Check> of(int requireGpus) {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(Check.good("cores", String.valueOf(Runtime.getRuntime().availableProcessors())));
    checks.add(memory());
    checks.addAll(devices(requireGpus));
    return checks;
  }

  private static Check java() {
    int feature = Runtime.version().feature();
    String finding = System.getProperty("java.vendor") + " " + Runtime.version();
    return feature >= LEAST_JAVA
        ? Check.good("Java", finding)
        : new Check(
            "Java", Failure.Kind.MISMATCH, finding + "; install Java " + LEAST_JAVA + " or newer");
  }

  private static Check memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String finding =
        String.format(
            Locale.ROOT,
            "%.1f GiB, of which Java takes at most %.1f",
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
                / GIBI,
            heap / GIBI);
    return heap >= LEAST_HEAP
        ? Check.good("memory", finding)
        : new Check(
            "memory",
            Failure.Kind.MISMATCH,
            finding + "; give Java more: ALEXNET_JAVA_OPTIONS=-Xmx2g");
  }

  private static List<Check> devices(int requireGpus) {
    try {
      List<Check> checks = new ArrayList<>(GpuLibrariesCheck.ofThisMachine());
      checks.add(gpus(requireGpus));
      return checks;
    } catch (LinkageError e) {
      return List.of(
          new Check(
              DEVICES,
              Failure.Kind.MISMATCH,
              "TensorFlow's native library does not load here: " + e.getMessage()));
    }
  }

  private static Check gpus(int requireGpus) {
    int gpus = LocalDevices.gpus();
    String finding =
        switch (gpus) {
          case 0 -> "TensorFlow sees no GPU; both towers lie on the CPU";
          case 1 -> "TensorFlow sees one GPU; both towers lie on it";
          default -> "TensorFlow sees " + gpus + " GPUs; each tower lies on one";
        };
    return gpus >= requireGpus
        ? Check.good(DEVICES, finding)
        : new Check(
            DEVICES,
            Failure.Kind.DEVICE,
            "%s, and %d are required. %s"
                .formatted(finding, requireGpus, GpuAbsence.ofThisMachine()));
  }
}
