package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceCheckTest {
  @TempDir private Path directory;

  @Test
  void of_morePicturesThanTheDiskHolds_isAProblemOfTheDisk() {
    // 6.8 exabytes, more than any file system of this time.
    Check check = SpaceCheck.of(Location.of(directory.resolve("later")), 200_000_000_000_000L);

    assertThat(check.problem()).isEqualTo(Failure.Kind.INPUT_OUTPUT);
    assertThat(check.finding())
        .endsWith(
            " GB free at "
                + directory
                + "/later; 200,000,000,000,000 pictures of 256 pixels need 6,800,000,000.0. Name"
                + " another --output");
  }
}
