package dev.alexnet.model.training.step;

/**
 * The result of one batch.
 *
 * @param images how many images it had
 * @param meanLoss over them
 * @param top1 how many had their class first; ties count as fractions
 * @param top5 how many had it among the first five
 */
public record BatchResult(long images, double meanLoss, double top1, double top5) {

  /** Both results together, as if they had been one batch. */
  public BatchResult plus(BatchResult other) {
    long all = images + other.images;
    double loss = all == 0 ? 0 : (meanLoss * images + other.meanLoss * other.images) / all;
    return new BatchResult(all, loss, top1 + other.top1, top5 + other.top5);
  }

  public static BatchResult none() {
    return new BatchResult(0, 0, 0, 0);
  }

  /** The share of images whose class was not first, 0 to 1. */
  public double top1Error() {
    return 1 - top1 / images;
  }

  /**
   * Whether a top-5 error says anything: among five classes or fewer, every class is among the
   * first five.
   */
  public static boolean hasTop5Error(int classes) {
    return classes > 5;
  }

  /** The share of images whose class was not among the first five, 0 to 1. */
  public double top5Error() {
    return 1 - top5 / images;
  }
}
