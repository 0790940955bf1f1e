package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;

/**
 * What to make a synthetic ImageNet with.
 *
 * @param output the directory for the archives; local
 * @param classes how many classes, 2 to 1000
 * @param trainPerClass training pictures a class
 * @param valPerClass validation pictures a class
 * @param seed equal seeds give equal bytes
 */
public record SynthSettings(
    Location output, int classes, int trainPerClass, int valPerClass, long seed) {

  public SynthSettings {
    new Problems("synth")
        .require(output != null, "output is missing")
        .require(output == null || !output.isCloud(), "output is %s; it must be local", output)
        .require(classes >= 2 && classes <= 1000, "classes is %s; it must be 2 to 1000", classes)
        .require(trainPerClass >= 1, "train-per-class is %s; it must be at least 1", trainPerClass)
        .require(valPerClass >= 1, "val-per-class is %s; it must be at least 1", valPerClass)
        .throwIfAny();
  }
}
