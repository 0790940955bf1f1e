package dev.alexnet.ops.planning;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.job.JobFile.Entry;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.planning.PlannedStep.Product;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans the steps of a job from a job file, which has a section for each step. */
public final class JobPlanner {
  private final List<PlannedStep> possible;
  private final OutputVerifier verifier;
  private final ObjectStore store;

  /**
   * @param possible steps in the order in which a job runs them
   */
  @Inject
  public JobPlanner(List<PlannedStep> possible, OutputVerifier verifier, ObjectStore store) {
    this.possible = List.copyOf(possible);
    this.verifier = requireNonNull(verifier, "verifier is null");
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * @param where what to call the job file in an error
   * @param ofMachine values of options that replace those of the job file, for each step that has
   *     such an option
   * @throws Failure of kind USAGE that lists everything that is wrong with the file, or if no step
   *     has an option that the machine sets
   */
  public List<JobStep> plan(
      List<Entry> sections, String where, Location workdir, Map<String, String> ofMachine) {
    // Both splits read the same section, whose problems are listed once.
    Set<String> problems = new LinkedHashSet<>(unknown(sections));
    List<JobStep> steps = new ArrayList<>();
    Map<Product, Location> made = new EnumMap<>(Product.class);
    Set<String> withoutStep = new TreeSet<>(ofMachine.keySet());
    for (PlannedStep planned : possible) {
      Optional<Entry> section = find(sections, planned.section());
      if (section.isPresent() && isWanted(planned, section.get())) {
        Map<String, Entry> entries = entries(planned, section.get());
        optionsOf(planned).stream()
            .filter(ofMachine::containsKey)
            .forEach(
                name -> {
                  withoutStep.remove(name);
                  int line = section.get().line();
                  entries.put(name, new Entry(name, line, ofMachine.get(name), List.of()));
                });
        steps.add(
            step(planned, section.get(), List.copyOf(entries.values()), made, workdir, problems));
        made.putAll(planned.placesIn(workdir));
      }
    }
    if (steps.isEmpty()) {
      problems.add("there is no section; the sections are " + String.join(", ", sectionNames()));
    }
    if (!withoutStep.isEmpty()) {
      problems.add("no step has the options " + String.join(", ", withoutStep));
    }
    Problems all = new Problems(where);
    problems.forEach(all::add);
    all.throwIfAny();
    return steps;
  }

  private JobStep step(
      PlannedStep planned,
      Entry section,
      List<Entry> entries,
      Map<Product, Location> made,
      Location workdir,
      Set<String> problems) {
    Map<String, String> decided = new LinkedHashMap<>(planned.fixed());
    Location directory = workdir.resolve(planned.directory());
    decided.put(planned.target(), directory.value());
    List<Location> inputs = new ArrayList<>();
    planned
        .needs()
        .forEach(
            (option, product) -> {
              if (made.containsKey(product)) {
                decided.put(option, made.get(product).value());
                inputs.add(product.identity(made.get(product)));
              }
            });
    PlannedCommand command = planned.command().get();
    SectionParser parser = new SectionParser(command, section, entries, decided);
    problems.addAll(parser.problems());
    return new CommandStep(
        planned.name(),
        parser.commandLine(),
        parser.settings(),
        directory,
        inputs,
        planned.placesIn(workdir),
        given(planned, command, parser, decided.keySet()),
        verifier);
  }

  private GivenInputs given(
      PlannedStep planned, PlannedCommand command, SectionParser parser, Set<String> decided) {
    Map<String, List<Location>> places = new TreeMap<>();
    if (parser.problems().isEmpty()) {
      List<String> arguments = parser.commandLine().subList(1, parser.commandLine().size());
      places.putAll(command.definition().parse(arguments, new ArrayList<>()).places());
      places.keySet().removeAll(decided);
      places.values().removeIf(List::isEmpty);
    }
    return new GivenInputs(store, command, places, planned.needs());
  }

  /** A section with parts asks for those parts only; a section without any asks for all. */
  private boolean isWanted(PlannedStep planned, Entry section) {
    return find(section.entries(), planned.part()).isPresent()
        || parts(section).stream().noneMatch(part -> find(section.entries(), part).isPresent());
  }

  /** The entries for all parts of the section, replaced by those of this part. */
  private Map<String, Entry> entries(PlannedStep planned, Entry section) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Set<String> parts = parts(section);
    for (Entry entry : section.entries()) {
      if (!parts.contains(entry.key())) {
        entries.put(entry.key(), entry);
      }
    }
    find(section.entries(), planned.part())
        .ifPresent(part -> part.entries().forEach(entry -> entries.put(entry.key(), entry)));
    return entries;
  }

  private static List<String> optionsOf(PlannedStep planned) {
    return planned.command().get().definition().settings().stream().map(Setting::name).toList();
  }

  private Set<String> parts(Entry section) {
    Set<String> parts = new LinkedHashSet<>();
    for (PlannedStep planned : possible) {
      if (planned.section().equals(section.key()) && !planned.part().isEmpty()) {
        parts.add(planned.part());
      }
    }
    return parts;
  }

  private List<String> unknown(List<Entry> sections) {
    List<String> problems = new ArrayList<>();
    for (Entry section : sections) {
      String message = null;
      if (!sectionNames().contains(section.key())) {
        message =
            "the section '"
                + section.key()
                + "' is unknown"
                + Suggestion.forWord(section.key(), sectionNames());
      } else if (!section.isSection()) {
        message = "'" + section.key() + "' has a value; it is a section, with keys below it";
      }
      if (message != null) {
        problems.add(SectionParser.problem(section.line(), message));
      }
    }
    return problems;
  }

  private Set<String> sectionNames() {
    Set<String> names = new LinkedHashSet<>();
    possible.forEach(planned -> names.add(planned.section()));
    return names;
  }

  private static Optional<Entry> find(List<Entry> entries, String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }
}
