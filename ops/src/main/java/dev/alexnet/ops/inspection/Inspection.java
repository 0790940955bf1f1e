package dev.alexnet.ops.inspection;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Finding;
import java.util.List;

/**
 * What a directory holds, verified.
 *
 * @param text for people, a table or more
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
