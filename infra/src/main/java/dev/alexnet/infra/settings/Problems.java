package dev.alexnet.infra.settings;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Collects all problems in a group of settings, so that they are reported together. Used where
 * values that depend on each other are checked, and in the constructors of records:
 *
 * <pre>{@code
 * new Problems("convert")
 *     .require(shards > 0, "shards is %s; it must be at least 1", shards)
 *     .require(quality <= 100, "quality is %s; it must be 1 to 100", quality)
 *     .throwIfAny();
 * }</pre>
 */
public final class Problems {
  private final String subject;
  private final List<String> messages = new ArrayList<>();

  public Problems(String subject) {
    this.subject = subject;
  }

  /** Adds a problem unless {@code holds}. The message is a format as in {@link String#format}. */
  public Problems require(boolean holds, String message, Object... arguments) {
    return holds ? this : add(message, arguments);
  }

  public Problems add(String message, Object... arguments) {
    messages.add(arguments.length == 0 ? message : String.format(message, arguments));
    return this;
  }

  /** Adds a problem if a value is null, or if it is a text, list or map without content. */
  public Problems requireGiven(String name, Object value) {
    return require(value != null, "%s is null", name).require(!isEmpty(value), "%s is empty", name);
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof String text && text.isBlank())
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  /** Adds the message of a check that fails. */
  public Problems addFailureOf(Runnable check) {
    try {
      check.run();
    } catch (Failure e) {
      messages.add(e.getMessage());
    }
    return this;
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * @throws Failure of kind USAGE that lists every problem, one per line
   */
  public void throwIfAny() {
    if (messages.isEmpty()) {
      return;
    }
    String list = String.join("\n  ", messages);
    String heading =
        messages.size() == 1 ? subject + ": " : subject + ": " + messages.size() + " problems:\n  ";
    throw new Failure(Failure.Kind.USAGE, heading + list);
  }
}
