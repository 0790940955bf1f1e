package dev.alexnet.infra.testing.gcs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was requested so far. */
final class Requests {
  private final List<String> summaries = new ArrayList<>();
  private final Map<RequestKind, Long> counts = new EnumMap<>(RequestKind.class);
  private int inFlight;
  private int mostInFlight;

  synchronized void started(ApiRequest request) {
    summaries.add(request.summary());
    counts.merge(request.kind(), 1L, Long::sum);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
  }

  synchronized void ended() {
    inFlight--;
  }

  synchronized void clear() {
    summaries.clear();
    counts.clear();
    mostInFlight = inFlight;
  }

  synchronized List<String> summaries() {
    return List.copyOf(summaries);
  }

  synchronized Map<RequestKind, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }
}
