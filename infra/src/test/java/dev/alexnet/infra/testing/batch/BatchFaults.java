package dev.alexnet.infra.testing.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes wrong with which request, and how many there were. */
final class BatchFaults {
  private final Map<BatchRequestKind, Deque<BatchFault>> next =
      new EnumMap<>(BatchRequestKind.class);
  private final Map<BatchRequestKind, BatchFault> always = new EnumMap<>(BatchRequestKind.class);
  private final Map<BatchRequestKind, Integer> counts = new EnumMap<>(BatchRequestKind.class);

  synchronized void add(BatchRequestKind kind, BatchFault... each) {
    next.computeIfAbsent(kind, unused -> new ArrayDeque<>()).addAll(List.of(each));
  }

  synchronized void setAlways(BatchRequestKind kind, BatchFault fault) {
    always.put(kind, fault);
  }

  /** Counts a request. */
  synchronized Optional<BatchFault> of(BatchRequestKind kind) {
    counts.merge(kind, 1, Integer::sum);
    Deque<BatchFault> faults = next.get(kind);
    return faults == null || faults.isEmpty()
        ? Optional.ofNullable(always.get(kind))
        : Optional.of(faults.poll());
  }

  synchronized Map<BatchRequestKind, Integer> counts() {
    return new EnumMap<>(counts);
  }
}
