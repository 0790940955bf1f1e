package dev.alexnet.model.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A trace as text: kernels and time by device and layer, and what crossed between devices. */
public final class TraceTable {
  private static final double MEBI = 1024 * 1024;

  private TraceTable() {}

  /** Times are milliseconds of kernels; on a device that runs several at a time they overlap. */
  public static String of(StepTrace trace) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-10s%-12s%8s%12s%12s%12s%12s%n",
            "device",
            "layer",
            "kernels",
            "forward ms",
            "backward ms",
            "update ms",
            "other ms"));
    new TreeMap<>(trace.kernels().stream().collect(Collectors.groupingBy(Kernel::device)))
        .forEach(
            (device, kernels) -> {
              kernels.stream().collect(Collectors.groupingBy(Kernel::layer)).entrySet().stream()
                  .sorted(Comparator.comparingLong(layer -> place(layer.getValue())))
                  .forEach(layer -> text.append(row(device, layer.getKey(), layer.getValue())));
              text.append(row(device, "all", kernels));
            });
    transfers(trace).forEach(text::append);
    return text.toString();
  }

  /**
   * When a layer's forward pass did most of its work, which puts layers in their order; constants
   * run before. What has no forward pass comes last.
   */
  private static long place(List<Kernel> layer) {
    return layer.stream()
        .filter(kernel -> kernel.pass() == Kernel.Pass.FORWARD)
        .max(Comparator.comparingLong(Kernel::nanos))
        .map(Kernel::startNanos)
        .orElse(Long.MAX_VALUE);
  }

  private static String row(String device, String layer, List<Kernel> kernels) {
    return String.format(
        Locale.ROOT,
        "%-10s%-12s%8d%12.2f%12.2f%12.2f%12.2f%n",
        device,
        layer,
        kernels.size(),
        milliseconds(kernels, Kernel.Pass.FORWARD),
        milliseconds(kernels, Kernel.Pass.BACKWARD),
        milliseconds(kernels, Kernel.Pass.UPDATE),
        milliseconds(kernels, Kernel.Pass.OTHER));
  }

  private static double milliseconds(List<Kernel> kernels, Kernel.Pass pass) {
    return kernels.stream().filter(k -> k.pass() == pass).mapToLong(Kernel::nanos).sum() / 1e6;
  }

  private static List<String> transfers(StepTrace trace) {
    Map<String, List<Transfer>> ways =
        trace.transfers().stream()
            .collect(
                Collectors.groupingBy(
                    t ->
                        t.from()
                            + " to "
                            + t.to()
                            + (t.betweenTowers() ? ", between towers" : ", input and signals"),
                    TreeMap::new,
                    Collectors.toList()));
    return ways.entrySet().stream()
        .map(
            way ->
                String.format(
                    Locale.ROOT,
                    "%s: %.3f MiB in %d tensors%n",
                    way.getKey(),
                    way.getValue().stream().mapToLong(Transfer::bytes).sum() / MEBI,
                    way.getValue().size()))
        .toList();
  }
}
