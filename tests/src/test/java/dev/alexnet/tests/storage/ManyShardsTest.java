package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished dataset of two splits of 1,024 shards is verified by its listing. */
@Tag("long")
class ManyShardsTest {
  private static final int MOST_REQUESTS = 50;

  @TempDir Path directory;

  @Test
  void convert_finishedDatasetOf2048Shards_isVerifiedWithFewRequests() throws Exception {
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      AlexnetProcess.Ended drawn =
          bucket.run(
              directory,
              "synth --output archives --classes 2 --train-per-class 520 --val-per-class 520"
                  .split(" ", -1));
      assertThat(drawn.exitCode()).as(drawn.err()).isZero();
      convert(bucket);
      assertThat(bucket.files("dataset").keySet().stream().filter(n -> n.contains("-of-01024")))
          .hasSize(2048);
      bucket.fake().reset();

      convert(bucket);
      assertThat(bucket.fake().requests()).hasSizeLessThanOrEqualTo(MOST_REQUESTS);
    }
  }

  /** The second time, both find their splits finished. */
  private void convert(CloudBucket bucket) throws Exception {
    for (String split : new String[] {"train", "validation"}) {
      AlexnetProcess.Ended ended =
          bucket.run(
              directory,
              ("convert --input archives --classes present --size 56 --shards 1024 --split %s"
                      + " --output gs://bucket/dataset/%s")
                  .formatted(split, split)
                  .split(" ", -1));
      assertThat(ended.exitCode()).as(ended.err()).isZero();
    }
  }
}
