package dev.alexnet.pipelines.source;

/** The layouts of an input, as named in settings. */
public enum InputLayout {
  /** Recognise the layout from the input. */
  AUTO,
  ILSVRC2012,
  ILSVRC2010,
  KAGGLE,
  HUGGINGFACE,
  CLASS_TARS,
  WEBDATASET,
  PARQUET,
  CSV,
  FOLDERS
}
