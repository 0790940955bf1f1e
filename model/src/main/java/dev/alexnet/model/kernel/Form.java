package dev.alexnet.model.kernel;

/** A way to compute an operation; the first correct one is used. */
public enum Form {
  /** By the single TensorFlow operation for it. */
  AS_IS("as it is"),

  /** A product whose channels are padded to a multiple of 64. */
  WIDER("with channels padded to a multiple of 64"),

  /** In float32, between conversions from and to bfloat16. */
  FLOAT32("in float32"),

  /** A convolution as a matrix product, in float32. */
  MATRIX_PRODUCT("as a matrix product in float32"),

  /** A normalisation across maps from powers and a matrix product. */
  ELEMENTARY("from powers and a matrix product");

  private final String text;

  Form(String text) {
    this.text = text;
  }

  /** Kernels that compute in this way what they can, and the rest as the given kernels do. */
  public Kernels over(Kernels base) {
    return switch (this) {
      case AS_IS -> base;
      case WIDER -> new WiderKernels(base);
      case FLOAT32 -> new Float32Kernels(base);
      case MATRIX_PRODUCT -> new Float32Kernels(new MatrixProductKernels(base));
      case ELEMENTARY -> new ElementaryKernels(base);
    };
  }

  /** The end of the sentence "it is computed …". */
  @Override
  public String toString() {
    return text;
  }
}
