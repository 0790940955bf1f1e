package dev.alexnet.pipelines.source;

/** The order in which classes get their labels. */
public enum ClassOrder {
  /** By number if all classes are numbers, otherwise by text. */
  AUTO,
  TEXT
}
