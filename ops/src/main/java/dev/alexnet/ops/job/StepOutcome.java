package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a piece of work gave.
 *
 * @param summary one line for people
 * @param facts the same and more for machines, as it stands in JSON
 * @param failure why the work counts as failed although it was done; null where it does not
 */
public record StepOutcome(String summary, Map<String, Object> facts, Failure failure) {
  public StepOutcome {
    requireNonNull(summary, "summary is null");
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  public StepOutcome(String summary, Map<String, Object> facts) {
    this(summary, facts, null);
  }

  /** The same with further facts. */
  public StepOutcome and(Map<String, Object> further) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.putAll(further);
    return new StepOutcome(summary, all, failure);
  }

  /** The same, but failed, as is said when it has been shown. */
  public StepOutcome failed(Failure why) {
    return new StepOutcome(summary, facts, why);
  }

  /**
   * @throws Failure where the work counts as failed
   */
  public void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  /** With the components of a result record as the facts, without those that are not a number. */
  public static StepOutcome of(String summary, Record result) {
    byte[] json = Json.line(result).getBytes(StandardCharsets.UTF_8);
    @SuppressWarnings("unchecked")
    Map<String, Object> facts = Json.read(json, Map.class, "the result");
    // A number that there is none of: JSON has no NaN, so Jackson writes the word.
    facts.values().removeIf("NaN"::equals);
    return new StepOutcome(summary, facts);
  }
}
