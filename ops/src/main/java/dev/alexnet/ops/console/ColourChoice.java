package dev.alexnet.ops.console;

/** When somebody wants colours. */
public enum ColourChoice {
  /** On terminals, unless {@code NO_COLOR} is set. */
  AUTO,
  ALWAYS,
  NEVER
}
