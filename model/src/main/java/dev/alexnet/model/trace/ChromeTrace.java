package dev.alexnet.model.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A trace in the Trace Event Format, which {@code chrome://tracing} and Perfetto open: a process
 * for each device, kernels that overlap in lanes below each other, and an instant event for each
 * transfer.
 *
 * @param traceEvents in the format's own terms
 */
public record ChromeTrace(String displayTimeUnit, List<Map<String, Object>> traceEvents) {

  public ChromeTrace {
    traceEvents = List.copyOf(traceEvents);
  }

  /**
   * @param layers of the network, in its order
   */
  public static ChromeTrace of(StepTrace trace, List<String> layers) {
    Map<String, LayerNames> names = new HashMap<>();
    trace.kernels().stream()
        .collect(Collectors.groupingBy(Kernel::device))
        .forEach((device, kernels) -> names.put(device, LayerNames.of(kernels, layers)));
    Map<String, Integer> processes = new LinkedHashMap<>();
    Map<String, List<Long>> lanes = new HashMap<>();
    Map<String, Map<String, Object>> byNode = new HashMap<>();
    List<Map<String, Object>> events = new ArrayList<>();
    long origin = trace.kernels().stream().mapToLong(Kernel::startNanos).min().orElse(0);
    for (Kernel kernel : trace.kernels()) {
      int process = processes.computeIfAbsent(kernel.device(), device -> processes.size());
      int lane = lane(lanes.computeIfAbsent(kernel.device(), d -> new ArrayList<>()), kernel);
      Map<String, Object> event = event("X", kernel.operation(), process, lane);
      event.put("cat", kernel.pass().name().toLowerCase(Locale.ROOT));
      event.put("ts", micros(kernel.startNanos() - origin));
      event.put("dur", micros(kernel.nanos()));
      event.put(
          "args", Map.of("node", kernel.node(), "layer", names.get(kernel.device()).of(kernel)));
      events.add(event);
      byNode.putIfAbsent(kernel.node(), event);
    }
    processes.forEach(
        (device, process) -> {
          Map<String, Object> name = event("M", "process_name", process, 0);
          name.put("args", Map.of("name", device));
          events.add(name);
        });
    for (Transfer transfer : trace.transfers()) {
      Map<String, Object> source = byNode.get(transfer.node());
      if (source != null && processes.containsKey(transfer.to())) {
        events.add(sent(transfer, source, processes.get(transfer.to())));
      }
    }
    return new ChromeTrace("ms", events);
  }

  /** The first lane that is free when the kernel starts. */
  private static int lane(List<Long> freeFrom, Kernel kernel) {
    int lane = 0;
    while (lane < freeFrom.size() && freeFrom.get(lane) > kernel.startNanos()) {
      lane++;
    }
    if (lane == freeFrom.size()) {
      freeFrom.add(0L);
    }
    freeFrom.set(lane, kernel.endNanos());
    return lane;
  }

  private static Map<String, Object> sent(
      Transfer transfer, Map<String, Object> source, int receiver) {
    Map<String, Object> event =
        event("i", "send", (int) source.get("pid"), (int) source.get("tid"));
    event.put("s", "p");
    event.put("ts", (double) source.get("ts") + (double) source.get("dur"));
    event.put(
        "args",
        Map.of(
            "tensor", transfer.tensor(),
            "to", transfer.to(),
            "process", receiver,
            "bytes", transfer.bytes()));
    return event;
  }

  private static Map<String, Object> event(String phase, String name, int process, int lane) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("ph", phase);
    event.put("name", name);
    event.put("pid", process);
    event.put("tid", lane);
    return event;
  }

  private static double micros(long nanos) {
    return nanos / 1e3;
  }
}
