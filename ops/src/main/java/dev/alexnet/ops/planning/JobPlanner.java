package dev.alexnet.ops.planning;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.planning.JobFile.Entry;
import dev.alexnet.ops.planning.PlannedStep.Product;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
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
    Set<LinedProblem> problems = new TreeSet<>(unknown(sections));
    boolean isOneUnknown = !problems.isEmpty();
    List<JobStep> steps = new ArrayList<>();
    MadeProducts made = new MadeProducts(plannedVariants(sections));
    Set<String> withoutStep = new TreeSet<>(ofMachine.keySet());
    for (PlannedStep planned : possible) {
      for (Variant variant : variants(planned, sections, problems)) {
        Map<String, Entry> entries = entries(planned, variant.section());
        optionsOf(planned).stream()
            .filter(ofMachine::containsKey)
            .forEach(
                name -> {
                  withoutStep.remove(name);
                  int line = variant.section().line();
                  entries.put(name, new Entry(name, line, ofMachine.get(name), List.of()));
                });
        steps.add(step(planned, variant, entries, made, workdir, problems, isOneUnknown));
        placesIn(planned, variant, workdir)
            .forEach(
                (product, place) -> made.add(product, planned.labelled(variant.name()), place));
      }
    }
    Problems all = new Problems(where);
    problems.forEach(problem -> all.add("%s", problem));
    if (problems.isEmpty() && steps.isEmpty()) {
      all.add("there is no section; the sections are " + String.join(", ", sectionNames()));
    }
    if (problems.isEmpty() && !steps.isEmpty() && !withoutStep.isEmpty()) {
      all.add("only a section 'train' takes %s, and there is none", String.join(", ", withoutStep));
    }
    all.throwIfAny();
    return steps;
  }

  /** The pieces of work that want the step. */
  private List<Variant> variants(
      PlannedStep planned, List<Entry> sections, Collection<LinedProblem> problems) {
    List<LinedProblem> found = new ArrayList<>();
    List<Variant> variants =
        find(sections, planned.section())
            .map(section -> Variant.of(section, found))
            .orElse(List.of());
    problems.addAll(found);
    return variants.stream().filter(variant -> isWanted(planned, variant.section())).toList();
  }

  /** Problems with them are found when their steps are planned. */
  private Map<Product, Set<String>> plannedVariants(List<Entry> sections) {
    Map<Product, Set<String>> names = new EnumMap<>(Product.class);
    for (PlannedStep planned : possible) {
      for (Variant variant : variants(planned, sections, new ArrayList<>())) {
        if (!variant.name().isEmpty()) {
          planned
              .makes()
              .keySet()
              .forEach(
                  product ->
                      names
                          .computeIfAbsent(product, missing -> new TreeSet<>())
                          .add(planned.labelled(variant.name())));
        }
      }
    }
    return names;
  }

  private static Map<Product, Location> placesIn(
      PlannedStep planned, Variant variant, Location workdir) {
    Map<Product, Location> places = new EnumMap<>(Product.class);
    planned
        .makes()
        .forEach((product, place) -> places.put(product, workdir.resolve(variant.placed(place))));
    return places;
  }

  private JobStep step(
      PlannedStep planned,
      Variant variant,
      Map<String, Entry> entries,
      MadeProducts made,
      Location workdir,
      Set<LinedProblem> problems,
      boolean isOneUnknown) {
    Map<String, List<String>> decided = new LinkedHashMap<>();
    planned.fixed().forEach((option, value) -> decided.put(option, List.of(value)));
    Location directory = workdir.resolve(variant.placed(planned.directory()));
    decided.put(planned.target(), List.of(directory.value()));
    PlannedCommand command = planned.command().get();
    List<Location> inputs = new ArrayList<>();
    Map<String, String> references = new TreeMap<>();
    // Nobody needs to hear that something is missing, too, if what was given for it is wrong.
    Set<String> excused = new TreeSet<>(isOneUnknown ? planned.needs().keySet() : Set.of());
    planned
        .reads()
        .forEach(
            (option, product) -> {
              List<Location> places =
                  planned.offered().containsKey(option)
                      ? List.of()
                      : made.usual(product, variant.name(), several(command, option));
              Entry given = entries.get(option);
              if (given != null && given.value() != null) {
                Optional<List<Location>> named = made.named(product, given.value());
                Optional<String> problem =
                    named.isPresent()
                        ? Optional.empty()
                        : made.problem(product, given.value())
                            .or(() -> partLeftOut(product, given.value()));
                problem.ifPresent(
                    text ->
                        problems.add(
                            new LinedProblem(given.line(), "'%s': %s".formatted(option, text))));
                places = problem.isPresent() ? List.of() : named.orElse(places);
                if (named.isPresent()) {
                  references.put(option, given.value());
                  entries.remove(option);
                }
              }
              if (!places.isEmpty()) {
                decided.put(option, places.stream().map(Location::value).toList());
                places.forEach(place -> inputs.add(product.identity(place)));
              }
            });
    SectionParser parser =
        new SectionParser(
            command,
            variant.section(),
            List.copyOf(entries.values()),
            decided,
            parts(variant.section()),
            excused);
    problems.addAll(parser.problems());
    return new CommandStep(
        variant.stepName(planned),
        new CommandStep.Origin(planned.section(), variant.name(), planned.part(), references),
        parser.commandLine(),
        parser.settings(),
        directory,
        inputs,
        placesIn(planned, variant, workdir),
        given(planned, command, parser, decided.keySet()),
        verifier);
  }

  /** A name of something that a job makes only if its file asks for it. */
  private Optional<String> partLeftOut(Product product, String name) {
    return possible.stream()
        .filter(PlannedStep::isRare)
        .filter(step -> step.part().equals(name) && step.makes().containsKey(product))
        .findFirst()
        .map(
            step ->
                "no step makes '%s'; add the key '%s:' below '%s'"
                    .formatted(name, name, step.section()));
  }

  private static boolean several(PlannedCommand command, String option) {
    return command.definition().settings().stream()
        .anyMatch(
            setting ->
                setting.name().equals(option)
                    && setting.type().shape() == SettingType.Shape.REPEATED);
  }

  private GivenInputs given(
      PlannedStep planned, PlannedCommand command, SectionParser parser, Set<String> decided) {
    Map<String, List<Location>> places = new TreeMap<>(parser.places());
    places.keySet().removeAll(decided);
    places.values().removeIf(List::isEmpty);
    return new GivenInputs(store, command, places, planned.reads());
  }

  /**
   * A section with parts asks for those parts only; a section without any asks for all but those
   * that are rare.
   */
  private boolean isWanted(PlannedStep planned, Entry section) {
    return find(section.entries(), planned.part()).isPresent()
        || (!planned.isRare()
            && parts(section).stream()
                .noneMatch(part -> find(section.entries(), part).isPresent()));
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

  private List<LinedProblem> unknown(List<Entry> sections) {
    List<LinedProblem> problems = new ArrayList<>();
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
        problems.add(new LinedProblem(section.line(), message));
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
