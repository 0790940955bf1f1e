package dev.alexnet.pipelines.inference;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.ModelDescription;

/** Checks that a dataset's images have the size that a model needs. */
public final class ImageFit {
  private ImageFit() {}

  /**
   * @param place the model's directory
   * @param views the number of views per image
   * @throws Failure of kind MISMATCH if the images are larger or smaller than those the model was
   *     trained on, or all views of an image would be the same
   */
  public static void require(Dataset dataset, Location place, ModelDescription model, int views) {
    int size = dataset.manifest().imageSize();
    if (size != dataset.manifest().neededSize(model.imageSize(), model.inputSize())) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The images of %s are %d pixels wide; %s was trained on images of %d. Give a dataset that was converted with --size %d and not augmented"
              .formatted(dataset.location(), size, place, model.imageSize(), model.imageSize()));
    }
    if (views > 1 && size == model.inputSize()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The images of %s are as large as the network's input, so all crops of an image are the same. Use --views 1, or give the dataset as it was before augmentation"
              .formatted(dataset.location()));
    }
  }
}
