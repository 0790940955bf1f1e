package dev.alexnet.model.training.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that a process may use.
 *
 * @param total bytes of the machine, or of the container's limit
 * @param available bytes that are free or become free on demand
 */
record MachineMemory(long total, long available) {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  static MachineMemory ofThisMachine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long total = system.getTotalMemorySize();
    return new MachineMemory(total, Math.min(total, available(system.getFreeMemorySize())));
  }

  /** Java's free memory does not include the file cache, which the system gives up on demand. */
  private static long available(long otherwise) {
    try {
      return Files.readAllLines(MEMORY).stream()
          .filter(line -> line.startsWith(AVAILABLE))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      // Not Linux.
      return otherwise;
    }
  }
}
