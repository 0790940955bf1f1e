package dev.alexnet.ops.environment;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no contract, on this machine or in a bucket. */
class ContractPlacesTest {
  private final FakeGcs service = new FakeGcs();
  private final ObjectStore cloud = GcsStore.emulator(service.address(), GcsRetries.standard());
  private final ObjectStore local = ObjectStores.standard();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void at_nothing_saysHowToMakeOne() {
    assertThatFailure(() -> EnvironmentContract.at(local, new Location("absent/env.json")))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            "There is no environment contract at absent/env.json. Make an environment as terraform/README.md says, and write its contract there: terraform output -json contract > absent/env.json. If it is elsewhere, give --environment");
  }

  @Test
  void at_nothingInABucket_saysHowToWriteThere() {
    assertThatFailure(() -> EnvironmentContract.at(cloud, new Location("gs://bucket/env.json")))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("There is no environment contract at gs://bucket/env.json. ")
        .hasMessageContaining(
            ": terraform output -json contract | gcloud storage cp - gs://bucket/env.json. If");
  }

  @Test
  void at_aBucketThatIsMissing_namesTheBucket() {
    assertThatFailure(() -> EnvironmentContract.at(cloud, new Location("gs://absent/env.json")))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("the bucket absent");
    assertThat(service.requests()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void at_aDirectory_saysSo(@TempDir Path directory) {
    assertThatFailure(() -> EnvironmentContract.at(local, Location.of(directory)))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage(
            directory
                + " is a directory; give the file of an environment's contract in it with --environment");
  }

  @Test
  void at_wrongContractInABucket_saysHowToWriteItThere() {
    Location place = new Location("gs://bucket/other.json");
    cloud.write(place, new byte[] {'{', '}'});

    assertThatFailure(() -> EnvironmentContract.at(cloud, place))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "gs://bucket/other.json is not an environment contract: it has no number 'schema'. Write it again: terraform output -json contract | gcloud storage cp - gs://bucket/other.json");
  }
}
