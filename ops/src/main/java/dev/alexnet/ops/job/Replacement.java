package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.Table;
import java.util.ArrayList;
import java.util.List;

/** What a run makes anew, in place of what is there. */
final class Replacement {
  private final ObjectStore store;
  private final Console console;
  private final List<JobStep> steps;

  Replacement(ObjectStore store, Console console, List<JobStep> steps) {
    this.store = store;
    this.console = console;
    this.steps = steps;
  }

  /**
   * Shows what is there on a terminal, and asks. Where nobody can be asked, the run itself says
   * what it sets aside.
   *
   * @throws Failure of kind USAGE if the answer is not yes
   */
  void confirm(Confirmation confirmation) {
    Table table = new Table("step", "directory", "size").numbers("size");
    List<JobStep> written = new ArrayList<>();
    for (JobStep step : steps) {
      long bytes = store.objectsBelow(step.directory()).stream().mapToLong(ObjectEntry::size).sum();
      if (bytes > 0) {
        written.add(step);
        table.row(step.name(), step.directory().value(), DecimalSize.text(bytes));
      }
    }
    if (written.isEmpty() || !console.terminal()) {
      return;
    }
    console.err().print(table.on(console.messages()));
    if (!confirmation.ask("Replace this?").orElse(false)) {
      throw new Failure(
          Failure.Kind.USAGE,
          "Nothing was replaced. Without --redo, a run keeps what is done; with --yes, it does not ask");
    }
  }
}
