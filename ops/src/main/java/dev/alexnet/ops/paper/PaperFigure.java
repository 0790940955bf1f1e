package dev.alexnet.ops.paper;

import dev.alexnet.model.dataset.DatasetManifest;
import java.util.List;

/**
 * Errors that the paper prints for networks on a set.
 *
 * @param release of the challenge
 * @param split of it
 * @param images how many the split has
 * @param plain how many of the networks are the published one, trained on the release alone
 * @param pretrained how many have a sixth convolution and were first trained on the Fall 2011
 *     release
 * @param views how many were averaged
 * @param top1Error 0 to 1
 * @param top5Error 0 to 1
 */
public record PaperFigure(
    String release,
    String split,
    long images,
    int plain,
    int pretrained,
    int views,
    double top1Error,
    double top5Error) {
  private static final int CLASSES = 1000;
  private static final String TEST_2010 = "ILSVRC2010";
  private static final String VALIDATION_2012 = "ILSVRC2012";

  /** Krizhevsky et al. (2012): table 1, the text below it, and table 2. */
  static final List<PaperFigure> ALL =
      List.of(
          new PaperFigure(TEST_2010, "test", 150_000, 1, 0, 10, 0.375, 0.170),
          new PaperFigure(TEST_2010, "test", 150_000, 1, 0, 1, 0.390, 0.183),
          new PaperFigure(VALIDATION_2012, "validation", 50_000, 1, 0, 10, 0.407, 0.182),
          new PaperFigure(VALIDATION_2012, "validation", 50_000, 5, 0, 10, 0.381, 0.164),
          new PaperFigure(VALIDATION_2012, "validation", 50_000, 0, 1, 10, 0.390, 0.166),
          new PaperFigure(VALIDATION_2012, "validation", 50_000, 5, 2, 10, 0.367, 0.154));

  /** Whether a dataset is the whole set. */
  boolean isOf(DatasetManifest dataset) {
    return dataset.source().startsWith(release + " ")
        && dataset.split().equals(split)
        && dataset.classes().size() == CLASSES
        && dataset.records() == images;
  }

  /** The set as people write it. */
  String set() {
    return release.replace("ILSVRC", "ILSVRC-") + " " + split;
  }
}
