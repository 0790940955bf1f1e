package dev.alexnet.ops.kernel;

import dev.alexnet.model.arithmetic.CheckedOperation;
import dev.alexnet.model.arithmetic.PresetCheck;
import dev.alexnet.model.kernel.Form;
import java.util.List;

/**
 * An operation of a preset, compared with the same in float64.
 *
 * @param preset the network's name
 * @param operation FORWARD, or which gradient
 * @param shapes of what goes in and comes out
 * @param usualError of TensorFlow's own operation
 * @param error of the form that is used instead if that is wrong
 * @param tolerance the most that rounding makes
 * @param form in which it is computed; null if every form is wrong
 */
public record CheckedKernel(
    String preset,
    String layer,
    String operation,
    String precision,
    String device,
    String shapes,
    double usualError,
    double error,
    double tolerance,
    String form) {

  /** Whether TensorFlow's own operation is right. */
  public boolean isUsual() {
    return Form.AS_IS.name().equals(form);
  }

  public static List<CheckedKernel> of(PresetCheck check) {
    return check.checked().operations().stream().map(each -> of(check.preset(), each)).toList();
  }

  private static CheckedKernel of(String preset, CheckedOperation checked) {
    return new CheckedKernel(
        preset,
        checked.operation().layer(),
        checked.operation().pass().name(),
        checked.operation().precision().toString(),
        checked.devicesText(),
        checked.shapes(),
        checked.usualError(),
        checked.error(),
        checked.tolerance(),
        checked.form().map(form -> form.name()).orElse(null));
  }
}
