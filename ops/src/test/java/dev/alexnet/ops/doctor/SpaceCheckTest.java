package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpaceCheckTest {
  @TempDir private Path directory;

  @Test
  void of_morePicturesThanTheDiskHolds_isAProblemOfTheDisk() {
    // 6.8 exabytes, more than any file system of this time.
    Check check =
        SpaceCheck.of(Location.of(directory.resolve("later")), 200_000_000_000_000L).get(0);

    assertThat(check.problem()).isEqualTo(Failure.Kind.INPUT_OUTPUT);
    assertThat(check.finding())
        .endsWith(
            " GB free at "
                + directory
                + "/later; 200,000,000,000,000 pictures of 256 pixels need 6,800,000,000.0. Name"
                + " another --output");
  }

  @Test
  void of_directoryThatIsFree_leavesNothingThere() {
    Check check = SpaceCheck.of(Location.of(directory.resolve("later")), 0).get(0);

    assertThat(check.isGood()).isTrue();
    assertThat(check.finding()).endsWith("/later; the built-in job needs 0.1");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system that takes no files")
  void of_placeThatTakesNoFiles_saysWhy() {
    // Not even root may create a file there.
    Check check = SpaceCheck.of(new Location("/proc/self/datasets"), 0).get(0);

    // Another user is refused before the file system is asked.
    assertThat(check.finding())
        .isIn(
            "nothing can be written to /proc/self: it takes no files. Name another --output",
            "this user may not write to /proc/self. Change its owner or name another --output");
  }

  @Test
  void of_bucket_isTheSpaceForTemporaryFiles() {
    List<Check> checks = SpaceCheck.of(new Location("gs://bucket/dataset"), 1_000_000);

    assertThat(checks).extracting(Check::isGood).containsExactly(true, true);
    assertThat(checks.get(0).finding()).isEqualTo("a bucket's size is not limited");
    assertThat(checks.get(1).finding())
        .endsWith(
            " GB free at "
                + System.getProperty("java.io.tmpdir")
                + ", where objects are written before they are sent");
  }
}
