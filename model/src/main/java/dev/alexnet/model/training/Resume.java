package dev.alexnet.model.training;

/** What a training does with the checkpoints that are in its work directory. */
public enum Resume {
  /** Resumes from the newest sound one, or starts from the beginning if there is none. */
  AUTO,
  /** Fails if there is no sound one. */
  REQUIRED,
  /** Deletes them and the model, and starts from the beginning. */
  NEVER
}
