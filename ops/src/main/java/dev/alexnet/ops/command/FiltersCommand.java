package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.prediction.FirstFilters;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.picture.FilterPictures;
import dev.alexnet.ops.picture.FiltersSettings;
import dev.alexnet.ops.picture.Theme;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "filters",
    description = {
      "Draws the filters of a model's first convolution, tower by tower, all on one scale.",
      ""
    },
    customSynopsis = "alexnet filters [OPTIONS]%n",
    footer = "  alexnet filters --model training/model --output filters.png")
final class FiltersCommand extends StepCommand<FiltersSettings> {
  private final ObjectStore store;

  @Inject
  FiltersCommand(Console console, ObjectStore store) {
    super(console);
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * The drawing.
   *
   * @param side height and width of each filter in pixels
   * @param filters how many each tower has
   * @param scale the value that is drawn as full colour; its negative is drawn without that colour
   */
  private record Drawn(
      @JsonProperty("file") Location file,
      @JsonProperty("side") int side,
      @JsonProperty("filters") List<Integer> filters,
      @JsonProperty("scale") float scale) {}

  @Override
  public SettingsDefinition<FiltersSettings> definition() {
    return FiltersSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    FirstFilters filters = FirstFilters.of(store, settings().model());
    store.write(settings().output(), FilterPictures.together(filters).png(Theme.LIGHT));
    List<Integer> counts = filters.towers().stream().map(List::size).toList();
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "%,d filters of conv1 in %d towers at %s",
            counts.stream().mapToInt(Integer::intValue).sum(),
            counts.size(),
            settings().output()),
        new Drawn(settings().output(), filters.side(), counts, filters.greatest()));
  }
}
