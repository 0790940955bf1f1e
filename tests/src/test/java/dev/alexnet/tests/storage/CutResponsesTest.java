package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.tests.AlexnetProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutResponsesTest {
  @TempDir Path directory;

  /** Google's library would print a stack trace for each. */
  @Test
  void inspect_everyRefusalIsCutShort_saysWhatWasRefusedAndNothingElse() throws Exception {
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      bucket.fake().script(FaultScript.parse("SHORT_BODY@every:1"));
      AlexnetProcess.Ended ended = bucket.run(directory, "inspect", "gs://absent/dataset");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(66);
      assertThat(ended.err()).startsWith("alexnet: ").hasLineCount(1);
    }
  }
}
