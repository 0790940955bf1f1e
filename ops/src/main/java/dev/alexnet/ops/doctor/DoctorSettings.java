package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What to look at.
 *
 * @param input the pictures; null for the machine alone
 * @param output where datasets will be written
 * @param md5 whether large archives are read whole, to compare their hashes
 * @param requireGpus how many GPUs TensorFlow must see
 * @param arithmetic how much of the arithmetic is looked at and shown
 */
public record DoctorSettings(
    Location input, Location output, boolean md5, int requireGpus, Arithmetic arithmetic) {

  /** How much of the arithmetic is looked at and shown. */
  public enum Arithmetic {
    /** A line for each preset and precision; everything if an operation is wrong. */
    SUMMARY,
    /** Every operation. */
    TABLE,
    /** Nothing: the look takes some seconds. */
    NONE;

    /** How settings write them. */
    public static final List<String> NAMES =
        Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();

    /**
     * @throws Failure of kind USAGE that suggests the nearest name
     */
    public static Arithmetic named(String name) {
      int index = NAMES.indexOf(name);
      if (index < 0) {
        throw new Failure(
            Failure.Kind.USAGE, "arithmetic is '" + name + "'" + Suggestion.forWord(name, NAMES));
      }
      return values()[index];
    }
  }

  public DoctorSettings {
    new Problems("doctor")
        .require(output != null, "output is missing")
        .require(!md5 || input != null, "md5 is of archives; say with input where they are")
        .require(requireGpus >= 0, "require-gpus is %s; it must be at least 0", requireGpus)
        .throwIfAny();
  }
}
