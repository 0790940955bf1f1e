package dev.alexnet.ops.doctor;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;

/**
 * What to look at.
 *
 * @param input the pictures; null for the machine alone
 * @param output where datasets will be written
 * @param md5 whether large archives are read whole, to compare their hashes
 * @param requireGpus how many GPUs TensorFlow must see
 */
public record DoctorSettings(Location input, Location output, boolean md5, int requireGpus) {
  public DoctorSettings {
    new Problems("doctor")
        .require(output != null, "output is missing")
        .require(!md5 || input != null, "md5 is of archives; say with input where they are")
        .require(requireGpus >= 0, "require-gpus is %s; it must be at least 0", requireGpus)
        .throwIfAny();
  }
}
