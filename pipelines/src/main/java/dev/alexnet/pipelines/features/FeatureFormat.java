package dev.alexnet.pipelines.features;

import dev.alexnet.model.dataset.Shard;

/** What features are written as. */
public enum FeatureFormat {
  /** A float32 matrix of NumPy's: a row a record. */
  NPY("npy"),
  /** {@code tf.train.Example}s with {@code features}, {@code label} and {@code file_name}. */
  TFRECORD("tfrecord");

  private final String suffix;

  FeatureFormat(String suffix) {
    this.suffix = suffix;
  }

  /** What users call it. */
  public String suffix() {
    return suffix;
  }

  /** Whether a file of this name is one of features. */
  static boolean isFile(String name) {
    return name.matches("features-\\d+-of-\\d+\\.(npy|tfrecord)");
  }

  /** The name of a shard's file. */
  String file(int index, int shards) {
    String name = Shard.name("features", index, shards);
    return name.substring(0, name.lastIndexOf('.') + 1) + suffix;
  }
}
