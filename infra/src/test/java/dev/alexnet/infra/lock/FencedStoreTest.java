package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.LeasedDirectory.Machine;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FencedStoreTest {
  private static final Set<String> READS =
      Set.of(
          "find",
          "exists",
          "isDirectory",
          "size",
          "crc32c",
          "open",
          "readAll",
          "load",
          "readRange",
          "download",
          "list",
          "entries",
          "objectsBelow");

  @TempDir private Path local;

  private final LeasedDirectory place = new LeasedDirectory();
  private final Machine frozen = place.machine("frozen");
  private final Location object = place.directory.resolve("ledger.json");
  private final Location checkpoint = place.directory.resolve("checkpoints/1/COMMIT.json");
  private ObjectStore fenced;

  @BeforeEach
  void hold() throws IOException {
    place.service.put("run/ledger.json", bytes("old"));
    place.service.put("run/checkpoints/1/COMMIT.json", bytes("old"));
    Files.write(local.resolve("tensors"), bytes("new"));
    fenced = new FencedStore(place.store, place.directory, frozen.acquire());
  }

  @AfterEach
  void close() {
    place.close();
  }

  /** Every kind of change of the directory, by the methods' names. */
  private Map<String, Consumer<ObjectStore>> changes() {
    Map<String, Consumer<ObjectStore>> changes = new LinkedHashMap<>();
    changes.put("create", store -> created(store, checkpoint.parent().resolve("a")));
    changes.put("write", store -> store.write(object, bytes("new")));
    changes.put(
        "upload", store -> store.upload(local.resolve("tensors"), object, WriteCondition.none()));
    changes.put("delete", store -> store.delete(object));
    changes.put(
        "copyDirectory",
        store -> store.copyDirectory(checkpoint.parent(), place.directory.resolve("former")));
    changes.put("deleteDirectory", store -> store.deleteDirectory(checkpoint.parent()));
    changes.put("deleteAbandoned", store -> store.deleteAbandoned(place.directory));
    return changes;
  }

  private static void created(ObjectStore store, Location location) {
    try (PendingObject pending = store.create(location, WriteCondition.absent())) {
      pending.stream().write(bytes("new"));
      pending.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void changes_areAllButTheReads() {
    Set<String> methods =
        Arrays.stream(ObjectStore.class.getMethods())
            .map(Method::getName)
            .filter(name -> !READS.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(changes().keySet()).containsExactlyInAnyOrderElementsOf(methods);
  }

  @Test
  void change_leaseIsHeld_passes() {
    changes()
        .forEach(
            (name, change) -> {
              Map<String, Long> before = place.state();
              change.accept(fenced);
              if (!name.equals("deleteAbandoned")) {
                assertThat(place.state()).as(name).isNotEqualTo(before);
              }
            });
  }

  @Test
  void change_takenOverWhileFrozen_isRefusedAndChangesNothing() {
    freezeUntilTakenOver();

    changes()
        .forEach(
            (name, change) -> {
              Map<String, Long> before = place.state();
              assertThatFailure(() -> change.accept(fenced))
                  .isOfKind(Failure.Kind.OUTPUT_EXISTS)
                  .hasMessageStartingWith("This run no longer holds gs://bucket/run ");
              assertThat(place.state()).as(name).isEqualTo(before);
            });
  }

  @Test
  void change_takenOverWhileFrozen_goesThroughWithoutTheFence() {
    freezeUntilTakenOver();

    changes()
        .forEach(
            (name, change) -> {
              Map<String, Long> before = place.state();
              change.accept(place.store);
              if (!name.equals("deleteAbandoned")) {
                assertThat(place.state()).as(name).isNotEqualTo(before);
              }
            });
  }

  @Test
  void commit_takenOverAfterCreate_isRefused() throws IOException {
    try (PendingObject pending = fenced.create(object)) {
      pending.stream().write(bytes("new"));
      freezeUntilTakenOver();
      Map<String, Long> before = place.state();

      assertThatFailure(pending::commit).isOfKind(Failure.Kind.OUTPUT_EXISTS);

      assertThat(place.state()).isEqualTo(before);
    }
  }

  /** More than one request sends, and less than what goes in parts. */
  @Test
  void upload_takenOverBetweenTwoChunks_isNotCompleted() throws IOException {
    Files.write(local.resolve("tensors"), new byte[20 << 20]);
    place.service.beforeNext(RequestKind.UPLOAD_CHUNK, this::freezeUntilTakenOver);

    assertThatFailure(() -> fenced.upload(local.resolve("tensors"), object, WriteCondition.none()))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("This run no longer holds gs://bucket/run ");

    assertThat(fenced.readAll(object)).isEqualTo(bytes("old"));
  }

  @Test
  void change_directoryAbove_isRefused() {
    fenced = new FencedStore(place.store, checkpoint.parent(), this::lost);

    assertThatFailure(() -> fenced.deleteDirectory(place.directory))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }

  @Test
  void change_elsewhere_passesWithoutTheLease() {
    freezeUntilTakenOver();
    Location other = new Location("gs://" + FakeGcs.BUCKET + "/runs/ledger.json");

    fenced.write(other, bytes("new"));

    assertThat(fenced.readAll(other)).isEqualTo(bytes("new"));
    assertThat(fenced.readAll(object)).isEqualTo(bytes("old"));
  }

  @Test
  void change_fencesWithinEachOther_bothMustHold() {
    ObjectStore inner = new FencedStore(fenced, checkpoint.parent(), () -> {});
    freezeUntilTakenOver();

    assertThatFailure(() -> inner.delete(checkpoint)).isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }

  private void lost() {
    throw new Failure(Failure.Kind.OUTPUT_EXISTS, "lost");
  }

  private void freezeUntilTakenOver() {
    place.machine("other").acquire();
    frozen.ticker.pass(LeasedDirectory.DURATION);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
