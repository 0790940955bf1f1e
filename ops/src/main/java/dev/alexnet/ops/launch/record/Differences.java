package dev.alexnet.ops.launch.record;

import dev.alexnet.infra.settings.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects which options of a launch differ from those of another, each as it is typed. */
final class Differences {
  private final List<String> found = new ArrayList<>();

  /**
   * @param there what the other launch has; null for nothing
   * @param asked what this one has; null for nothing
   */
  Differences between(Setting<?> option, Object there, Object asked) {
    String had = typed(there);
    String has = typed(asked);
    return had.equals(has) ? this : add(option, had + ", not " + has);
  }

  Differences add(Setting<?> option, String what) {
    found.add("--" + option.name() + ": " + what);
    return this;
  }

  List<String> found() {
    return List.copyOf(found);
  }

  private static String typed(Object value) {
    if (value == null) {
      return "none";
    }
    if (value instanceof List<?> words) {
      return words.stream().map(Object::toString).collect(Collectors.joining(","));
    }
    return value instanceof Double number
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
