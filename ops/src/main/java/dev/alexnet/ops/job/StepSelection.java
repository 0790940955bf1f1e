package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a run is asked to do of a job. A step goes by its name or by that of its section, which can
 * have several steps: {@code convert-train} or {@code convert}.
 *
 * @param redo steps that are made anew, with what was made from them
 * @param from the step before which nothing is looked at; empty for the first
 * @param only the steps that are looked at; empty for all
 * @param agreed whether nobody is asked before something is deleted
 */
public record StepSelection(List<String> redo, String from, List<String> only, boolean agreed) {
  public StepSelection {
    redo = List.copyOf(redo);
    requireNonNull(from, "from is null");
    only = List.copyOf(only);
  }

  /** All steps, none of them anew. */
  public static StepSelection all() {
    return new StepSelection(List.of(), "", List.of(), false);
  }
}
