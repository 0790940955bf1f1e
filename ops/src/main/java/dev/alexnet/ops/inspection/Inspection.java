package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.ops.console.Screen;
import java.util.List;
import java.util.function.Function;

/**
 * The verified content of a directory.
 *
 * @param kind what it is, such as {@code dataset}
 * @param summary what it holds, in a few words
 * @param text for people: one or more tables
 * @param facts for machines
 * @param findings everything that is wrong, in order
 */
public record Inspection(
    String kind,
    String summary,
    Function<Screen, String> text,
    Record facts,
    List<Finding> findings) {
  public Inspection {
    requireNonNull(kind, "kind is null");
    requireNonNull(summary, "summary is null");
    requireNonNull(text, "text is null");
    requireNonNull(facts, "facts is null");
    findings = List.copyOf(findings);
  }
}
