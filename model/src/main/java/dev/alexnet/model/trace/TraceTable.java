package dev.alexnet.model.trace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A trace as text: kernels and time by device and layer, and what was sent between devices. */
public final class TraceTable {
  private static final double MEBI = 1024 * 1024;

  private TraceTable() {}

  /**
   * Times are milliseconds of kernels; on a device that runs several at a time they overlap. Two
   * layers that a kernel computes together share a row.
   *
   * @param layers of the network, in its order; what belongs to none of them comes last
   */
  public static String of(StepTrace trace, List<String> layers) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-10s%-16s%8s%12s%12s%12s%12s%n",
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
              LayerNames names = LayerNames.of(kernels, layers);
              Map<String, List<Kernel>> byRow =
                  kernels.stream()
                      .collect(Collectors.groupingBy(names::of, TreeMap::new, Collectors.toList()));
              new LinkedHashSet<>(names.byLayer().values())
                  .forEach(name -> append(text, device, name, byRow.remove(name)));
              byRow.forEach((name, others) -> append(text, device, name, others));
              text.append(row(device, "all", kernels));
            });
    transfers(trace).forEach(text::append);
    return text.toString();
  }

  /**
   * @param kernels null if the device has none in that row
   */
  private static void append(StringBuilder text, String device, String name, List<Kernel> kernels) {
    if (kernels != null) {
      text.append(row(device, name, kernels));
    }
  }

  private static String row(String device, String layer, List<Kernel> kernels) {
    return String.format(
        Locale.ROOT,
        "%-10s%-16s%8d%12.2f%12.2f%12.2f%12.2f%n",
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
