package dev.alexnet.model.arithmetic;

import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LayerOperation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An operation that was compared with the same operation in float64. An error is the largest
 * difference, relative to the exact value and to the root mean square of all values.
 *
 * @param devices that computed it; the errors are the largest of them
 * @param shapes of its input and output
 * @param usualError of the usual form; NaN if one of its results is NaN
 * @param form in which it is computed; empty if it is wrong in every form
 * @param error of that form, or of the last form that was tried
 * @param tolerance the largest error that rounding alone gives
 */
public record CheckedOperation(
    LayerOperation operation,
    Set<Device> devices,
    String shapes,
    double usualError,
    Optional<Form> form,
    double error,
    double tolerance) {

  /** Whether the usual form is correct here. */
  public boolean isUsual() {
    return form.equals(Optional.of(Form.AS_IS));
  }

  /** How people write the devices: {@code gpu:0,gpu:1}. */
  public String devicesText() {
    return devices.stream().map(Device::toString).collect(Collectors.joining(","));
  }

  /** What is wrong with the usual form, as a sentence without a full stop. */
  String fault() {
    return String.format(
        Locale.ROOT,
        "TensorFlow computes %s wrongly on %s here: its error is %.1e, and rounding alone gives at"
            + " most %.1e",
        operation,
        devicesText(),
        usualError,
        tolerance);
  }

  /** What the user is told if it is computed in another form. */
  String replacement() {
    return String.format(
        Locale.ROOT,
        "%s. It is computed %s instead, with an error of %.1e",
        fault(),
        form.orElseThrow(),
        error);
  }
}
