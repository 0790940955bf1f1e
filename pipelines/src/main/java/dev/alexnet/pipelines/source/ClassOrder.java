package dev.alexnet.pipelines.source;

/** In which order classes get their labels. */
public enum ClassOrder {
  /** In the order of the numbers if all classes are numbers, and of their text otherwise. */
  AUTO,
  TEXT
}
