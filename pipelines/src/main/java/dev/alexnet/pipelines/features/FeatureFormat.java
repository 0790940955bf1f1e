package dev.alexnet.pipelines.features;

import dev.alexnet.model.dataset.Shard;

/** The file formats of features. */
public enum FeatureFormat {
  /** A NumPy float32 matrix with one row per record. */
  NPY("npy"),
  /** {@code tf.train.Example}s with {@code features}, {@code label} and {@code file_name}. */
  TFRECORD("tfrecord");

  private final String suffix;

  FeatureFormat(String suffix) {
    this.suffix = suffix;
  }

  /** The name in settings and of the file's extension. */
  public String suffix() {
    return suffix;
  }

  /** Whether a file of this name is a feature file. */
  static boolean isFile(String name) {
    return name.matches("features-\\d+-of-\\d+\\.(npy|tfrecord)");
  }

  /** The name of a shard's file. */
  String file(int index, int shards) {
    String name = Shard.name("features", index, shards);
    return name.substring(0, name.lastIndexOf('.') + 1) + suffix;
  }
}
