package dev.alexnet.pipelines.source;

/** How an input is laid out, as settings say it. */
public enum InputLayout {
  /** What the input looks like. */
  AUTO,
  ILSVRC2012,
  ILSVRC2010,
  CSV,
  FOLDERS
}
