package dev.alexnet.ops.planning;

import dev.alexnet.ops.planning.JobFile.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the pieces of work that a section of a job file asks for: the section itself, or one of
 * its variants, whose entries replace those beside them.
 *
 * @param name empty for the section itself
 * @param section with all entries of this piece
 */
record Variant(String name, Entry section) {
  /** The key in a section that holds its variants. */
  static final String KEY = "variants";

  private static final String NAME = "[a-z0-9][a-z0-9-]*";

  /**
   * The pieces of work that a section asks for, in its order.
   *
   * @param problems receives what is wrong, each with its line
   */
  static List<Variant> of(Entry section, List<LinedProblem> problems) {
    List<Entry> rest = new ArrayList<>(section.entries());
    Entry variants =
        rest.stream().filter(entry -> entry.key().equals(KEY)).findFirst().orElse(null);
    if (variants == null) {
      return List.of(new Variant("", section));
    }
    rest.remove(variants);
    if (variants.entries().isEmpty()) {
      problems.add(
          new LinedProblem(
              variants.line(),
              "'variants' needs names, each with the options that differ below it"));
    }
    List<Variant> found = new ArrayList<>();
    for (Entry variant : variants.entries()) {
      if (!variant.key().matches(NAME)) {
        problems.add(
            new LinedProblem(
                variant.line(),
                "the variant '%s' must have a name of small letters, digits and hyphens"
                    .formatted(variant.key())));
      } else if (!variant.isSection()) {
        problems.add(
            new LinedProblem(
                variant.line(),
                "the variant '%s' has a value; it takes options below it"
                    .formatted(variant.key())));
      } else {
        found.add(new Variant(variant.key(), merged(section, rest, variant)));
      }
    }
    return found;
  }

  private static Entry merged(Entry section, List<Entry> rest, Entry variant) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    rest.forEach(entry -> entries.put(entry.key(), entry));
    variant.entries().forEach(entry -> entries.put(entry.key(), entry));
    return new Entry(section.key(), variant.line(), null, List.copyOf(entries.values()));
  }

  /** The name of a step of this variant. */
  String stepName(PlannedStep planned) {
    List<String> parts = new ArrayList<>(List.of(planned.section(), name, planned.part()));
    parts.removeIf(String::isEmpty);
    return String.join("-", parts);
  }

  /** A place within the work directory, which variants do not share. */
  String placed(String place) {
    if (name.isEmpty()) {
      return place;
    }
    int first = place.indexOf('/');
    return first < 0
        ? place + "/" + name
        : place.substring(0, first) + "/" + name + place.substring(first);
  }
}
