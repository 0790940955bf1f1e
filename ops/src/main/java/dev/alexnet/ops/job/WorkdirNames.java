package dev.alexnet.ops.job;

import dev.alexnet.infra.storage.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names places in a work directory relative to it, so that what a ledger says of them stays true
 * when the directory is moved.
 */
final class WorkdirNames {
  private final String prefix;
  private final Pattern inText;

  WorkdirNames(Location workdir) {
    prefix = workdir.value() + "/";
    // Not the end of a longer path.
    inText = Pattern.compile("(?<![\\w./-])" + Pattern.quote(prefix));
  }

  /** A sentence, with the names of places in it made relative. */
  String inText(String text) {
    return inText.matcher(text).replaceAll("");
  }

  /** A result for machines, with each value that is such a place made relative. */
  Map<String, Object> inFacts(Map<String, Object> facts) {
    Map<String, Object> relative = new LinkedHashMap<>();
    facts.forEach((name, value) -> relative.put(name, inValue(value)));
    return relative;
  }

  @SuppressWarnings("unchecked") // Facts are JSON: the keys of objects are text.
  private Object inValue(Object value) {
    if (value instanceof Map<?, ?> object) {
      return inFacts((Map<String, Object>) object);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::inValue).toList();
    }
    return value instanceof String text && text.startsWith(prefix)
        ? text.substring(prefix.length())
        : value;
  }
}
