package dev.alexnet.ops.comparison;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.score.Predictions;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores with their predictions.
 *
 * @param place their directory
 * @param images in the order of the dataset
 */
record ScoredRun(Location place, Scores scores, List<ScoredImage> images) {
  ScoredRun {
    images = List.copyOf(images);
  }

  /**
   * @throws Failure of kind INPUT_MISSING if there are none, BAD_DATA if they are damaged
   */
  static ScoredRun read(ObjectStore store, Location place) {
    Location file = place.resolve(Scores.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There are no scores at %s (no %s); make them with 'alexnet score'"
              .formatted(place, Scores.FILE));
    }
    Scores scores = Scores.read(store, file);
    List<String> damaged = scores.damagedFiles(store, place);
    if (!damaged.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is damaged: %s; run score again with this --output, which writes it anew"
              .formatted(place, String.join(", ", damaged)));
    }
    List<ScoredImage> images = new ArrayList<>();
    long rows =
        Predictions.read(
            store,
            place,
            scores,
            (row, prediction, where) -> images.add(ScoredImage.of(prediction)));
    if (rows != scores.counts().images()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has %,d predictions, and %s counts %,d images; score again"
              .formatted(place, rows, Scores.FILE, scores.counts().images()));
    }
    Predictions.requireTotals(store, place, scores);
    return new ScoredRun(place, scores, images);
  }

  /**
   * @throws Failure of kind MISMATCH that names the first image that differs
   */
  void requireSameImages(ScoredRun other) {
    int classes = scores.counts().classes();
    int otherClasses = other.scores.counts().classes();
    if (classes != otherClasses) {
      throw mismatch(other, "%d classes against %d".formatted(classes, otherClasses));
    }
    if (!scores.inputs().truthHash().equals(other.scores.inputs().truthHash())) {
      throw mismatch(
          other, "their labels are %s against %s".formatted(truth(scores), truth(other.scores)));
    }
    boolean hasOneLabel = scores.inputs().truth() == null;
    int both = Math.min(images.size(), other.images.size());
    for (int row = 0; row < both; row++) {
      ScoredImage here = images.get(row);
      ScoredImage there = other.images.get(row);
      if (!here.isSameAs(there, hasOneLabel)) {
        throw mismatch(
            other,
            "image %,d is %s, and there %s"
                .formatted(row + 1, here.described(), there.described()));
      }
    }
    if (images.size() != other.images.size()) {
      List<ScoredImage> more = images.size() > both ? images : other.images;
      throw mismatch(
          other,
          "%,d images against %,d; only one has %s"
              .formatted(images.size(), other.images.size(), more.get(both).described()));
    }
  }

  private static String truth(Scores scores) {
    return scores.inputs().truth() == null ? "the dataset's" : scores.inputs().truth().file();
  }

  private Failure mismatch(ScoredRun other, String difference) {
    return new Failure(
        Failure.Kind.MISMATCH,
        "The images of %s and %s differ: %s. Compare scores of the same dataset, by the same labels"
            .formatted(place, other.place, difference));
  }
}
