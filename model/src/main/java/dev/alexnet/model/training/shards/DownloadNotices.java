package dev.alexnet.model.training.shards;

import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells the user what a training loses by its storage and its cache. */
final class DownloadNotices {
  private static final long FIRST = Duration.ofMinutes(1).toNanos();

  private final ByteSize bound;
  private final Consumer<String> notices;
  private long waited;
  private long next = FIRST;

  DownloadNotices(ByteSize bound, Consumer<String> notices) {
    this.bound = bound;
    this.notices = notices;
  }

  /** Adds the time of a wait; the sum is told after a minute, and each time that it has doubled. */
  void waited(long nanos) {
    waited += nanos;
    if (waited >= next) {
      notices.accept(
          "So far the training has waited "
              + Duration.ofNanos(waited).toSeconds()
              + " s for shards to be downloaded: the storage or the network is slower than the"
              + " training");
      next = 2 * waited;
    }
  }

  void readsAgain(Dataset dataset, int held, int passed) {
    notices.accept(
        ("The training continues in the middle of an epoch, after %d shards of %s, and a --cache "
                + "of %s holds %d of them at a time. The images of the others are decoded again "
                + "before the first step, which takes longer")
            .formatted(passed, dataset.location(), bound, held));
  }
}
