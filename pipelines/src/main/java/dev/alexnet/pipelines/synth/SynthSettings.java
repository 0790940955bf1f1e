package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;

/**
 * What to make a synthetic ImageNet with.
 *
 * @param output the directory for the archives; local
 * @param classes how many classes, 2 to 1000
 * @param trainPerClass training pictures a class, 1 to 10000
 * @param valPerClass validation pictures a class, 1 to 10000
 * @param seed equal seeds give equal bytes
 */
public record SynthSettings(
    Location output, int classes, int trainPerClass, int valPerClass, long seed) {

  // A class is held in memory: at 10000 pictures, about 70 MB. The real archive has 1300 at most.
  private static final int MOST_PER_CLASS = 10_000;

  public SynthSettings {
    new Problems("synth")
        .require(output != null, "output is missing")
        .require(output == null || !output.isCloud(), "output is %s; it must be local", output)
        .require(classes >= 2 && classes <= 1000, "classes is %s; it must be 2 to 1000", classes)
        .require(
            trainPerClass >= 1 && trainPerClass <= MOST_PER_CLASS,
            "train-per-class is %s; it must be 1 to 10000",
            trainPerClass)
        .require(
            valPerClass >= 1 && valPerClass <= MOST_PER_CLASS,
            "val-per-class is %s; it must be 1 to 10000",
            valPerClass)
        .throwIfAny();
  }
}
