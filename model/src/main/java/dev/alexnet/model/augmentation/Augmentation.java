package dev.alexnet.model.augmentation;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.image.View;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An ordered list of operations, written {@code random_crop(224) | flip | colour(0.1)}: each at
 * most once, {@code ten_views} last and after no random operation.
 *
 * @param operations in their order
 */
public record Augmentation(List<Operation> operations) {

  /**
   * @throws Failure of kind USAGE if the operations contradict each other
   */
  public Augmentation {
    operations = List.copyOf(operations);
    Problems problems = new Problems("operations '" + text(operations) + "'");
    Contradiction.in(operations).forEach(found -> problems.add(found.message()));
    problems.throwIfAny();
  }

  /** The published augmentation for a network's input size. */
  public static Augmentation published(int inputSize) {
    return new Augmentation(
        List.of(
            new Operation.RandomCrop(inputSize), new Operation.Flip(), new Operation.Colour(0.1)));
  }

  /**
   * @throws Failure of kind USAGE that lists every problem with its position, counted from 1, and
   *     the nearest known word for an unknown one
   */
  public static Augmentation parse(String text) {
    return new OperationParser(text).augmentation();
  }

  /** The operations' texts, as a manifest stores them. */
  public List<String> texts() {
    return operations.stream().map(Operation::text).toList();
  }

  /** Whether colour noise is added, for which the published training scales values down. */
  public boolean hasColour() {
    return operations.stream().anyMatch(Operation.Colour.class::isInstance);
  }

  /** Whether each image becomes ten records, whatever number of copies is requested. */
  public boolean hasTenViews() {
    return operations.stream().anyMatch(Operation.TenViews.class::isInstance);
  }

  /** How many records an image becomes by default. */
  public int defaultCopies() {
    return hasTenViews() ? View.TEN.size() : 1;
  }

  /**
   * The size of the images after all operations.
   *
   * @throws Failure of kind USAGE if a crop is larger than the image
   */
  public int outputSize(int imageSize) {
    int size = imageSize;
    for (Operation operation : operations) {
      if (operation instanceof Operation.Crop crop && crop.size() > size) {
        throw new Failure(
            Failure.Kind.USAGE,
            "operations '%s': %s is larger than the images, which are %d pixels wide; crop less"
                .formatted(this, crop.text(), size));
      }
      size = operation.outputSize(size);
    }
    return size;
  }

  private static String text(List<Operation> operations) {
    return operations.stream().map(Operation::text).collect(Collectors.joining(" | "));
  }

  @Override
  public String toString() {
    return text(operations);
  }
}
