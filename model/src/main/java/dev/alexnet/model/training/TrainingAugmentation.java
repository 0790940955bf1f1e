package dev.alexnet.model.training;

/** What a training changes in the images that it reads (paper, section 4.1). */
public enum TrainingAugmentation {
  /** Random crops and mirror images, and colour noise as long as the schedule has it. */
  PUBLISHED,
  /** Random crops and mirror images in the images' own colours. */
  NO_COLOUR_NOISE,
  /** The centre of each image, as it is. */
  NONE
}
