package dev.alexnet.model.training;

/** What a training does with the checkpoints that are in its work directory. */
public enum Resume {
  /** Resumes from the newest intact one, or starts from the beginning if there is none. */
  AUTO,
  /** Fails if there is no intact one. */
  REQUIRED,
  /** Deletes them and the model, and starts from the beginning. */
  NEVER
}
