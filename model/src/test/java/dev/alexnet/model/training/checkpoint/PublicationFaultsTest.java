package dev.alexnet.model.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checkpoint on its way to Cloud Storage and back, with a fault at each request. */
@Tag("long")
class PublicationFaultsTest {
  private static final String KEY = "first/checkpoints/";
  private static final Location PLACE =
      new Location("gs://" + FakeGcs.BUCKET + "/first/checkpoints");

  @TempDir Path directory;
  private Map<String, String> before;
  private Map<String, String> after;

  /** What a local training has after four and after five checkpoints; the first is the best. */
  @BeforeEach
  void writeLocalOnes() {
    LocalCheckpoints checkpoints =
        new LocalCheckpoints(ObjectStores.standard(), directory.resolve("reference"));
    for (long step = 1; step <= 4; step++) {
      PublishedCheckpointsFixture.write(checkpoints, step, step == 1 ? 0.1 : 0.5);
    }
    before = PublishedCheckpointsFixture.files(directory.resolve("reference"));
    PublishedCheckpointsFixture.write(checkpoints, 5, 0.5);
    after = PublishedCheckpointsFixture.files(directory.resolve("reference"));
  }

  private PublishedCheckpoints on(Path machine, FakeGcs service) {
    ObjectStore local = ObjectStores.standard();
    ObjectStore cloud = EmulatedStores.at(service.address());
    ObjectStore store =
        new ForwardingStore() {
          @Override
          protected ObjectStore storeOf(Location location) {
            return location.isCloud() ? cloud : local;
          }
        };
    return new PublishedCheckpoints(store, new LocalCheckpoints(store, machine), PLACE, () -> {});
  }

  private static void publish(PublishedCheckpoints checkpoints) {
    checkpoints.publication(5, () -> {}).orElseThrow().work().run();
  }

  private static long newest(PublishedCheckpoints checkpoints, List<String> notices) {
    checkpoints.settlePending();
    return checkpoints.newest(notices::add).orElseThrow().state().step();
  }

  private static Map<String, String> files(FakeGcs service) {
    Map<String, String> files = new TreeMap<>();
    for (String name : service.names(FakeGcs.BUCKET, KEY)) {
      files.put(
          name.substring(KEY.length()),
          new String(service.content(FakeGcs.BUCKET, name), StandardCharsets.UTF_8));
    }
    return files;
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FORBIDDEN",
        "UNAVAILABLE",
        "RESET_BEFORE",
        "RESET_AFTER",
        "UNAVAILABLE_AFTER",
        "SHORT_BODY",
        "FLIPPED_BIT",
        "FLIPPED_UPLOAD",
        "WRONG_CHECKSUM"
      })
  void publicationAndDownload_faultAtEachRequest_succeedOrAreRefusedAndThenSucceed(Fault fault) {
    int fired = 0;
    for (long k = 1; fired == k - 1; k++) {
      Path machine = directory.resolve("machine" + k);
      Path other = directory.resolve("other" + k);
      List<String> notices = new ArrayList<>();
      try (FakeGcs service = new FakeGcs()) {
        before.forEach(
            (name, content) -> service.put(KEY + name, content.getBytes(StandardCharsets.UTF_8)));
        PublishedCheckpoints checkpoints = on(machine, service);
        PublishedCheckpointsFixture.write(checkpoints, 5, 0.5);
        service.script(FaultScript.of(fault).at(k));
        try {
          publish(checkpoints);
          assertThat(newest(on(other, service), notices)).isEqualTo(5);
        } catch (Failure e) {
          assertThat(e.kind())
              .isIn(
                  Failure.Kind.REMOTE,
                  Failure.Kind.PERMISSION,
                  Failure.Kind.BAD_DATA,
                  Failure.Kind.OUTPUT_EXISTS);
        }
        fired += service.injected().getOrDefault(fault, 0L) > 0 ? 1 : 0;
        service.reset();

        PublishedCheckpoints again = on(machine, service);
        assertThat(newest(again, notices)).isEqualTo(5);
        publish(again);
        assertThat(files(service)).isEqualTo(after);
        assertThat(newest(on(other, service), notices)).isEqualTo(5);
        assertThat(PublishedCheckpointsFixture.files(other))
            .containsAllEntriesOf(PublishedCheckpointsFixture.files(machine));
        assertThat(service.failures()).isEmpty();
      }
      assertThat(notices).noneMatch(notice -> notice.contains("is skipped"));
    }
    assertThat(fired).isPositive();
  }

  @Test
  void newest_everyDownloadHasAFlippedBit_isNeverAccepted() {
    try (FakeGcs service = new FakeGcs()) {
      before.forEach(
          (name, content) -> service.put(KEY + name, content.getBytes(StandardCharsets.UTF_8)));
      PublishedCheckpoints checkpoints = on(directory.resolve("machine"), service);
      service.script(
          FaultScript.of(Fault.FLIPPED_BIT).every(1).on(RequestKind.MEDIA).named(".*tensors.*"));
      List<String> notices = new ArrayList<>();
      checkpoints.settlePending();
      try {
        assertThat(checkpoints.newest(notices::add)).isEmpty();
        assertThat(notices).filteredOn(notice -> notice.contains("is skipped")).hasSize(4);
      } catch (Failure e) {
        assertThat(e.kind()).isEqualTo(Failure.Kind.REMOTE);
      }
      assertThat(directory.resolve("machine/step-00000004")).doesNotExist();
      service.reset();
      assertThat(newest(on(directory.resolve("machine"), service), notices)).isEqualTo(4);
    }
  }
}
