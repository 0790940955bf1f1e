package dev.alexnet.model.augmentation;

import dev.alexnet.model.augmentation.Operation.Crop;
import dev.alexnet.model.augmentation.Operation.ResizeSmall;
import dev.alexnet.model.augmentation.Operation.TenViews;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An operation that makes no sense at its position, whatever the size of the images.
 *
 * @param index the operation's place in the list
 */
record Contradiction(int index, String message) {

  static List<Contradiction> in(List<Operation> operations) {
    List<Contradiction> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Operation sized = null;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (!names.add(operation.name())) {
        found.add(new Contradiction(i, operation.name() + " occurs twice"));
      }
      if (operation instanceof Crop crop
          && sized != null
          && crop.size() > sized.outputSize(Integer.MAX_VALUE)) {
        found.add(
            new Contradiction(
                i,
                "%s is larger than the %d pixels that %s leaves; crop less"
                    .formatted(crop.text(), sized.outputSize(Integer.MAX_VALUE), sized.text())));
      }
      if (operation instanceof Crop || operation instanceof ResizeSmall) {
        sized = operation;
      }
    }
    found.addAll(aroundTenViews(operations));
    return found;
  }

  private static List<Contradiction> aroundTenViews(List<Operation> operations) {
    List<Contradiction> found = new ArrayList<>();
    int last = operations.size() - 1;
    for (int i = 0; i < last; i++) {
      Operation operation = operations.get(i);
      if (operation instanceof TenViews) {
        found.add(
            new Contradiction(
                i,
                operation.text()
                    + " makes ten records of an image, so nothing may follow it; it follows "
                    + operations.get(i + 1).text()));
      } else if (operations.get(last) instanceof TenViews && isDrawn(operation)) {
        found.add(
            new Contradiction(
                i,
                operation.text()
                    + " would draw again for each of the ten views; only resize_small and"
                    + " centre_crop may stand before ten_views"));
      }
    }
    return found;
  }

  private static boolean isDrawn(Operation operation) {
    return operation instanceof Operation.RandomCrop
        || operation instanceof Operation.Flip
        || operation instanceof Operation.Colour;
  }
}
