package dev.alexnet.model.network;

import static java.util.Objects.requireNonNull;

/**
 * When the rates of a network fell in the trainings that the original author steered by hand.
 *
 * @param ilsvrc2010 on ILSVRC-2010
 * @param ilsvrc2012 on ILSVRC-2012
 */
public record HandSchedules(PublishedRateDrops ilsvrc2010, PublishedRateDrops ilsvrc2012) {
  /** Configurations 145-2010, the network of the paper's Table 1, and 145. */
  static final HandSchedules OF_145 =
      new HandSchedules(
          new PublishedRateDrops(23, 51, 68, 72, 78, 93),
          new PublishedRateDrops(25, 51, 67, 72, 79, 91));

  /** Configuration 145-half was trained on ILSVRC-2010 alone. */
  static final HandSchedules OF_HALF = same(new PublishedRateDrops(20, 48, 66, 72, 96, 96));

  /** Configuration 148 was trained on ILSVRC-2012 alone. */
  private static final PublishedRateDrops WITHOUT_NORMALIZATION =
      new PublishedRateDrops(22, 44, 69, 73, 86, 97);

  /** Configuration 147 was trained on ILSVRC-2012 alone. */
  private static final PublishedRateDrops WITHOUT_OVERLAP =
      new PublishedRateDrops(23, 51, 79, 79, 79, 90);

  public HandSchedules {
    requireNonNull(ilsvrc2010, "ilsvrc2010 is null");
    requireNonNull(ilsvrc2012, "ilsvrc2012 is null");
  }

  private static HandSchedules same(PublishedRateDrops drops) {
    return new HandSchedules(drops, drops);
  }

  public PublishedRateDrops on(Release release) {
    return release == Release.ILSVRC_2010 ? ilsvrc2010 : ilsvrc2012;
  }

  /** Those of a network of two towers without normalisation. */
  HandSchedules withoutNormalization() {
    return new HandSchedules(ilsvrc2010, WITHOUT_NORMALIZATION);
  }

  /** Those of a network of two towers whose pooling windows do not overlap. */
  HandSchedules withoutOverlap() {
    return new HandSchedules(ilsvrc2010, WITHOUT_OVERLAP);
  }
}
