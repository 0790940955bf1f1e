package dev.alexnet.ops.inspection;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the directories within another one hold: those of a training, or of a whole run.
 *
 * @param parts by directory, relative to this one
 * @param unknown directories that nothing describes, so that they cannot be verified
 */
record CollectionFacts(String kind, Location directory, List<Part> parts, List<String> unknown) {

  record Part(String directory, Record facts) {}

  /**
   * @param parts by directory, in order; at least one
   */
  static Inspection inspection(
      Location directory, Map<String, Inspection> parts, List<String> unknown) {
    Table table = new Table("directory", "kind", "holds", "state");
    List<Part> facts = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    parts.forEach(
        (name, part) -> {
          table.row(name, part.kind(), part.summary(), state(part));
          facts.add(new Part(name, part.facts()));
          findings.addAll(part.findings());
        });
    String rest =
        unknown.isEmpty()
            ? ""
            : "\nNot verified, because nothing says what they should hold: "
                + String.join(", ", unknown)
                + "\n";
    return new Inspection(
        "directories",
        parts.size() + " directories",
        screen -> table.on(screen) + rest,
        new CollectionFacts("directories", directory, facts, unknown),
        findings);
  }

  private static String state(Inspection part) {
    int findings = part.findings().size();
    return findings == 0 ? "intact" : findings == 1 ? "1 problem" : findings + " problems";
  }
}
