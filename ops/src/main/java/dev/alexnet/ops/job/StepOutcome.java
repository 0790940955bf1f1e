package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.ops.console.Screen;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The result of a piece of work.
 *
 * @param summary one line for people
 * @param facts the same and more for machines, as written to JSON
 * @param failure why the work counts as failed although it was done; null if it did not fail
 * @param tables the summary for what shows it; null if it has no tables
 */
public record StepOutcome(
    String summary, Map<String, Object> facts, Failure failure, Function<Screen, String> tables) {
  public StepOutcome {
    requireNonNull(summary, "summary is null");
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  public StepOutcome(String summary, Map<String, Object> facts) {
    this(summary, facts, null, null);
  }

  /** The summary as it is shown. */
  public String on(Screen screen) {
    return tables == null ? summary : tables.apply(screen);
  }

  /** The same with further facts. */
  public StepOutcome and(Map<String, Object> further) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.putAll(further);
    return new StepOutcome(summary, all, failure, tables);
  }

  /** The same, but failed. The failure is thrown after the result is shown. */
  public StepOutcome failed(Failure why) {
    return new StepOutcome(summary, facts, why, tables);
  }

  /** A result with tables, which are fitted into what shows them. */
  public static StepOutcome of(Function<Screen, String> tables, Record result) {
    StepOutcome plain = of(tables.apply(Screen.NONE), result);
    return new StepOutcome(plain.summary, plain.facts, plain.failure, tables);
  }

  /**
   * @throws Failure if the work counts as failed
   */
  public void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * With the components of a result record as the facts, named as {@link Json#result} does, without
   * those that are NaN.
   */
  public static StepOutcome of(String summary, Record result) {
    byte[] json = Json.result(result).getBytes(StandardCharsets.UTF_8);
    @SuppressWarnings("unchecked")
    Map<String, Object> facts = Json.read(json, Map.class, "the result");
    // JSON has no NaN, so Jackson writes it as a word. Such a value is unknown.
    facts.values().removeIf("NaN"::equals);
    return new StepOutcome(summary, facts);
  }
}
