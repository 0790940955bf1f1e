package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.dataset.Dataset;
import java.util.List;

/** What was changed in the images of a dataset before they were stored: it cannot be undone. */
final class StoredAugmentation {
  private StoredAugmentation() {}

  /**
   * @throws Failure of kind MISMATCH if the stored images have what the training is to leave out
   */
  static void requireFit(Dataset data, TrainingAugmentation wanted) {
    boolean contradicts =
        switch (wanted) {
          case PUBLISHED -> false;
          case NO_COLOUR_NOISE -> hasColour(data);
          case NONE -> !data.manifest().operations().isEmpty();
        };
    if (contradicts) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "augmentation is '%s', but the images of %s are stored with '%s'; give --data the dataset that was augmented"
              .formatted(
                  SettingType.word(wanted),
                  data.location(),
                  String.join(" | ", data.manifest().operations())));
    }
  }

  private static boolean hasColour(Dataset data) {
    List<String> stored = data.manifest().operations();
    return !stored.isEmpty() && Augmentation.parse(String.join(" | ", stored)).hasColour();
  }

  /** Says that stored colour noise does not end where the schedule ends it. */
  static void noticeColours(TrainingContext context) {
    if (hasColour(context.data()) && !context.schedule().addsPcaNoise(context.totalSteps() - 1)) {
      context.note(
          "The colours of "
              + context.data().location()
              + " got their noise when it was augmented, and keep it to the end; on a dataset "
              + "that is not augmented, --schedule "
              + context.settings().plan().schedule()
              + " ends the colour noise as published");
    }
  }
}
