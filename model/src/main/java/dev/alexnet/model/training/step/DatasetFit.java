package dev.alexnet.model.training.step;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.network.AlexNetSpec;

/** Checks that a network and its datasets match. */
public final class DatasetFit {
  private DatasetFit() {}

  /**
   * @param validation null for none
   * @param batch images of the training set per step
   * @throws Failure of kind MISMATCH that says what to do; BAD_DATA if a set is empty
   */
  public static void check(AlexNetSpec spec, Dataset data, Dataset validation, int batch) {
    requireRecords(data);
    requireSizes(spec, data);
    requireBatch(data, batch);
    if (validation == null) {
      return;
    }
    requireRecords(validation);
    requireSizes(spec, validation);
    String difference = data.manifest().labels().differenceFrom(validation.manifest().labels());
    if (!difference.isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The classes of "
              + data.location()
              + " and "
              + validation.location()
              + " differ: "
              + difference
              + ". Convert both with the same --classes and --class-order");
    }
  }

  private static void requireRecords(Dataset dataset) {
    if (dataset.manifest().records() == 0) {
      throw new Failure(Failure.Kind.BAD_DATA, dataset.location() + " has no images");
    }
  }

  /** A batch reduced to the available images would not match the learning rate and schedule. */
  private static void requireBatch(Dataset dataset, int batch) {
    long images = dataset.manifest().records();
    if (batch > images) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "A batch of %d is larger than %s, which has %d images. Give a --batch of at most %d"
              .formatted(batch, dataset.location(), images, images));
    }
  }

  private static void requireSizes(AlexNetSpec spec, Dataset dataset) {
    DatasetManifest manifest = dataset.manifest();
    int expected = manifest.neededSize(spec.imageSize(), spec.inputSize());
    if (manifest.imageSize() != expected || manifest.meanImageSize() != spec.imageSize()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The images of "
              + dataset.location()
              + " are "
              + manifest.imageSize()
              + " pixels wide"
              + (manifest.operations().isEmpty() ? "" : " after " + manifest.operations())
              + "; the network '"
              + spec.name()
              + "' takes crops of "
              + spec.inputSize()
              + " from images of "
              + spec.imageSize()
              + ". If you augment, crop to "
              + spec.inputSize()
              + " pixels; convert with --size "
              + spec.imageSize());
    }
  }
}
