package dev.alexnet.model.arithmetic;

import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerOperation;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.graph.LayerProbe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.GraphDef;

/**
 * Finds the first correct form for each operation of a layer. A form is tried together with the
 * forms already found, because TensorFlow computes some pairs of operations by one kernel, and uses
 * another kernel if one of the pair is replaced.
 */
final class FormSearch {
  /** How many times another form must be correct after the usual one was wrong. */
  private static final int CONFIRMATIONS = 3;

  private final ProbeRuns runs;
  private final LayerProbe probe;
  private final Execution usual;
  private final Map<Pass, Double> usualErrors;
  private final Map<Pass, Double> errors;
  private final Map<Pass, Optional<Form>> forms = new EnumMap<>(Pass.class);
  private Arithmetic chosen;

  /**
   * @param usualErrors of each operation in its usual form
   */
  FormSearch(ProbeRuns runs, LayerProbe probe, Execution usual, Map<Pass, Double> usualErrors) {
    this.runs = runs;
    this.probe = probe;
    this.usual = usual;
    this.usualErrors = new EnumMap<>(usualErrors);
    this.errors = new EnumMap<>(usualErrors);
    this.chosen = usual.arithmetic();
    usualErrors.keySet().forEach(pass -> forms.put(pass, Optional.of(Form.AS_IS)));
  }

  /** Searches, and returns what was found for each operation. */
  List<CheckedOperation> run() {
    for (Optional<Pass> wrong = nextWrong(); wrong.isPresent(); wrong = nextWrong()) {
      Pass pass = wrong.get();
      if (forms.get(pass).equals(Optional.of(Form.AS_IS))) {
        usualErrors.put(pass, errors.get(pass));
      }
      forms.put(pass, search(pass));
      if (forms.get(pass).isPresent()) {
        errors.putAll(runs.errors(probe, List.copyOf(errors.keySet()), usual.by(chosen)));
      }
    }
    return errors.keySet().stream().map(this::found).toList();
  }

  /** An operation that is wrong and for which some forms were not tried yet. */
  private Optional<Pass> nextWrong() {
    return errors.keySet().stream()
        .filter(pass -> forms.get(pass).isPresent() && !isRight(pass, errors.get(pass)))
        .findFirst();
  }

  private Optional<Form> search(Pass pass) {
    Form before = forms.get(pass).orElseThrow();
    for (Form form : Form.values()) {
      Arithmetic other = chosen.replacing(operation(pass), form);
      // Skip what was tried already, and forms that leave this operation as it is.
      if (form.compareTo(before) > 0 && !definition(pass, other).equals(definition(pass, chosen))) {
        double error = confirmed(pass, other);
        errors.put(pass, error);
        if (isRight(pass, error)) {
          chosen = other;
          return Optional.of(form);
        }
      }
    }
    return Optional.empty();
  }

  private GraphDef definition(Pass pass, Arithmetic arithmetic) {
    return runs.definition(probe, List.of(pass), usual.by(arithmetic));
  }

  private double confirmed(Pass pass, Arithmetic arithmetic) {
    double error = 0;
    for (int run = 0; run < CONFIRMATIONS && isRight(pass, error); run++) {
      error = Math.max(error, runs.errors(probe, List.of(pass), usual.by(arithmetic)).get(pass));
    }
    return error;
  }

  /** Also false if the error is NaN. */
  private boolean isRight(Pass pass, double error) {
    return error <= Tolerance.of(probe.spec(), pass, usual.precision());
  }

  private LayerOperation operation(Pass pass) {
    return new LayerOperation(probe.spec().name(), pass, usual.precision());
  }

  private CheckedOperation found(Pass pass) {
    return new CheckedOperation(
        operation(pass),
        usual.placement().processors(),
        probe.shapes(),
        usualErrors.get(pass),
        forms.get(pass),
        errors.get(pass),
        Tolerance.of(probe.spec(), pass, usual.precision()));
  }
}
