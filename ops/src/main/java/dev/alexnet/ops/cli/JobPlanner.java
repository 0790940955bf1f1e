package dev.alexnet.ops.cli;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.ops.cli.PlannedStep.Product;
import dev.alexnet.ops.job.JobFile.Entry;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.job.Setting;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the steps of a job from a job file: a section with keys for each step that it wants. */
final class JobPlanner {
  private final List<PlannedStep> possible;

  @Inject
  JobPlanner(
      Provider<ConvertCommand> convert,
      Provider<AugmentCommand> augment,
      Provider<TrainCommand> train,
      Provider<ScoreCommand> score) {
    possible =
        List.of(
            convert(convert, "train", Product.TRAINING_DATA),
            convert(convert, "validation", Product.VALIDATION_DATA),
            new PlannedStep(
                "augment",
                "",
                augment,
                Map.of("data", Product.TRAINING_DATA),
                "output",
                "augmented",
                Product.TRAINING_DATA,
                "augmented",
                Map.of()),
            new PlannedStep(
                "train",
                "",
                train,
                Map.of("data", Product.TRAINING_DATA, "validation", Product.VALIDATION_DATA),
                "workdir",
                "training",
                Product.MODEL,
                "training/" + Trainer.MODEL,
                Map.of()),
            new PlannedStep(
                "score",
                "",
                score,
                Map.of("data", Product.VALIDATION_DATA, "model", Product.MODEL),
                "output",
                "scores",
                Product.SCORES,
                "scores",
                Map.of()));
  }

  private static PlannedStep convert(
      Provider<ConvertCommand> command, String split, Product product) {
    String directory = "dataset/" + split;
    return new PlannedStep(
        "convert",
        split,
        command,
        Map.of("input", Product.ARCHIVES),
        "output",
        directory,
        product,
        directory,
        Map.of("split", split));
  }

  /**
   * @param where what to call the job file in an error
   * @throws Failure of kind USAGE that lists everything that is wrong with the file
   */
  List<JobStep> plan(List<Entry> sections, String where, Location workdir) {
    SectionParser parser = new SectionParser(where);
    refuseUnknown(sections, parser);
    List<JobStep> steps = new ArrayList<>();
    Map<Product, Location> made = new EnumMap<>(Product.class);
    for (PlannedStep planned : possible) {
      Optional<Entry> section = find(sections, planned.section());
      if (section.isPresent() && isWanted(planned, section.get())) {
        steps.add(step(planned, section.get(), made, workdir, parser));
        made.put(planned.makes(), workdir.resolve(planned.place()));
      }
    }
    if (steps.isEmpty()) {
      parser.problem(1, "there is no section; known are " + String.join(", ", sectionNames()));
    }
    parser.throwIfAny();
    return steps;
  }

  private JobStep step(
      PlannedStep planned,
      Entry section,
      Map<Product, Location> made,
      Location workdir,
      SectionParser parser) {
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
    StepCommand command = planned.command().get();
    List<Setting> settings = parser.fill(command, section, entries(planned, section), decided);
    Location output = planned.makes().identity(workdir.resolve(planned.place()));
    return new CommandStep(planned.name(), command, settings, directory, inputs, List.of(output));
  }

  /** A section with parts wants those parts; one without any wants all. */
  private boolean isWanted(PlannedStep planned, Entry section) {
    return find(section.entries(), planned.part()).isPresent()
        || parts(section).stream().noneMatch(part -> find(section.entries(), part).isPresent());
  }

  /** What holds for all parts of the section, and in its place what this part gives. */
  private List<Entry> entries(PlannedStep planned, Entry section) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Set<String> parts = parts(section);
    for (Entry entry : section.entries()) {
      if (!parts.contains(entry.key())) {
        entries.put(entry.key(), entry);
      }
    }
    find(section.entries(), planned.part())
        .ifPresent(part -> part.entries().forEach(entry -> entries.put(entry.key(), entry)));
    return List.copyOf(entries.values());
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

  private void refuseUnknown(List<Entry> sections, SectionParser parser) {
    for (Entry section : sections) {
      if (!sectionNames().contains(section.key())) {
        String suggestion = Suggestion.forWord(section.key(), sectionNames());
        parser.problem(
            section.line(), "the section '" + section.key() + "' is unknown" + suggestion);
      } else if (!section.isSection()) {
        parser.problem(
            section.line(),
            "'" + section.key() + "' has a value; it is a section, with keys below it");
      }
    }
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
