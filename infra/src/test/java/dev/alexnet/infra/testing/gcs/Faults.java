package dev.alexnet.infra.testing.gcs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scripts that a fake follows, and what it injected. */
final class Faults {
  private final List<Turns> scripts = new ArrayList<>();
  private final Map<Fault, Long> injected = new EnumMap<>(Fault.class);

  /** A script and how many requests matched so far. */
  static final class Turns {
    private final FaultScript script;
    private long matched;

    Turns(FaultScript script) {
      this.script = script;
    }

    FaultScript script() {
      return script;
    }
  }

  synchronized void add(FaultScript script) {
    scripts.add(new Turns(script));
  }

  synchronized void clear() {
    scripts.clear();
    injected.clear();
  }

  /** Counts the request in all scripts, and returns the first whose turn it is. */
  synchronized Optional<Turns> next(ApiRequest request) {
    Turns next = null;
    for (Turns turns : scripts) {
      if (turns.script.matches(request)
          && turns.script.happensTo(++turns.matched)
          && next == null) {
        next = turns;
      }
    }
    return Optional.ofNullable(next);
  }

  synchronized void happened(Turns turns) {
    injected.merge(turns.script.fault(), 1L, Long::sum);
  }

  /** The response had nothing that could go wrong, so that the turn is the next request's. */
  synchronized void postpone(Turns turns) {
    turns.matched--;
  }

  synchronized Map<Fault, Long> injected() {
    return Map.copyOf(injected);
  }
}
