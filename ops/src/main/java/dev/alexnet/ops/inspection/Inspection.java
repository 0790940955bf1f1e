package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Finding;
import java.util.List;

/**
 * The verified content of a directory.
 *
 * @param text for people: one or more tables
 * @param facts for machines
 * @param findings everything that is wrong, in order
 */
public record Inspection(String text, Record facts, List<Finding> findings) {
  public Inspection {
    requireNonNull(text, "text is null");
    requireNonNull(facts, "facts is null");
    findings = List.copyOf(findings);
  }
}
