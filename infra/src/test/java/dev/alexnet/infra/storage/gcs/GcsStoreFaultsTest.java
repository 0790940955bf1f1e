package dev.alexnet.infra.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.FakeGcsOptions;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault, at the first request of an operation, at the second, and so on until none happens:
 * the result is right, or the failure says what was refused; no bytes are wrong, and no object is
 * half there.
 */
@Execution(
    ExecutionMode.CONCURRENT) // Each operation has a service of its own, and they mostly wait.
@Tag("long")
class GcsStoreFaultsTest {
  /** Refusals that the next try would meet again, and the failures that they may cause. */
  private static final Map<Fault, Set<Kind>> LASTING =
      Map.of(
          Fault.BAD_REQUEST, Set.of(Kind.REMOTE),
          Fault.UNAUTHORIZED, Set.of(Kind.PERMISSION),
          Fault.FORBIDDEN, Set.of(Kind.PERMISSION),
          Fault.NOT_FOUND, Set.of(Kind.INPUT_MISSING, Kind.OUTPUT_EXISTS, Kind.REMOTE),
          Fault.GONE, Set.of(Kind.REMOTE),
          Fault.PRECONDITION_FAILED, Set.of(Kind.OUTPUT_EXISTS));

  /** All requests fail in the same way with these as with others, or after a long time. */
  private static final EnumSet<Fault> ALIKE =
      EnumSet.of(
          Fault.STALL,
          Fault.REQUEST_TIMEOUT,
          Fault.INTERNAL_ERROR,
          Fault.BAD_GATEWAY,
          Fault.GATEWAY_TIMEOUT,
          Fault.UNAUTHORIZED,
          Fault.GONE);

  private static final Duration STALL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Map<Fault, Long> INJECTED =
      Collections.synchronizedMap(new EnumMap<>(Fault.class));

  @TempDir private Path files;

  @AfterAll
  static void everyFaultHappened() {
    assertThat(INJECTED).containsOnlyKeys(Fault.values());
    assertThat(INJECTED.values()).allMatch(count -> count > 0);
  }

  @ParameterizedTest
  @EnumSource
  void operation_oneRequestFails_isRightOrRefused(FaultyOperation operation) throws IOException {
    Object expected = run(operation, List.of());
    for (Fault fault : Fault.values()) {
      long k = 0;
      boolean happened = true;
      while (happened) {
        FaultScript script = FaultScript.of(fault).at(++k).lasting(STALL);
        happened = judge(operation, script, expected, kindsOfPassing(operation, fault));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void operation_allRequestsFailFromOneOn_isRefused(FaultyOperation operation) throws IOException {
    Object expected = run(operation, List.of());
    for (Fault fault : EnumSet.complementOf(ALIKE)) {
      boolean happened = true;
      for (long k = 1; happened; k++) {
        happened = judge(operation, FaultScript.of(fault).from(k), expected, kindsOfLasting(fault));
      }
    }
  }

  /** What was read from a channel cannot be read again: it was given away. */
  private static Set<Kind> kindsOfPassing(FaultyOperation operation, Fault fault) {
    return operation == FaultyOperation.CHANNEL && fault == Fault.FLIPPED_BIT
        ? Set.of(Kind.REMOTE)
        : LASTING.getOrDefault(fault, Set.of());
  }

  private static Set<Kind> kindsOfLasting(Fault fault) {
    return switch (fault) {
      case FLIPPED_BIT, WRONG_CHECKSUM -> Set.of(Kind.BAD_DATA, Kind.REMOTE);
      default -> LASTING.getOrDefault(fault, Set.of(Kind.REMOTE));
    };
  }

  private Object run(FaultyOperation operation, List<FaultScript> scripts) throws IOException {
    try (FakeGcs service = new FakeGcs()) {
      FaultyOperation.prepare(service);
      scripts.forEach(service::script);
      return operation.run(store(service), files);
    }
  }

  /** Tries five times. */
  private static ObjectStore store(FakeGcs service) {
    GcsRetries retries = TestStores.retries(PATIENCE).within(Duration.ofSeconds(4));
    return TestStores.at(service.address(), retries, new VirtualClock());
  }

  /** Returns whether the fault happened. */
  private boolean judge(
      FaultyOperation operation, FaultScript script, Object expected, Set<Kind> allowed)
      throws IOException {
    try (FakeGcs service = new FakeGcs(FakeGcsOptions.standard().withPage(2))) {
      FaultyOperation.prepare(service);
      service.script(script);
      String what = operation + " with " + script.text();
      try {
        Object result = operation.run(store(service), files);
        if (!isHiddenFromTheStore(operation, script.fault())) {
          assertThat(result).as(what).isEqualTo(expected);
          assertDone(service, operation, script, what);
        }
      } catch (Failure e) {
        assertThat(e.kind()).as("%s: %s", what, e.getMessage()).isIn(allowed);
        assertOldOrNew(service, operation, script.fault(), what);
      }
      assertThat(files).as(what).isDirectoryNotContaining("glob:**/.pending-*");
      service.injected().forEach((fault, count) -> INJECTED.merge(fault, count, Long::sum));
      return !service.injected().isEmpty();
    }
  }

  /**
   * A service that says that nothing is there when something is cannot be told from one that is
   * right, and a range has no checksum.
   */
  private static boolean isHiddenFromTheStore(FaultyOperation operation, Fault fault) {
    return fault == Fault.NOT_FOUND
        ? operation.deletes() || operation == FaultyOperation.FIND
        : fault == Fault.FLIPPED_BIT && operation == FaultyOperation.READ_RANGE;
  }

  private static void assertDone(
      FakeGcs service, FaultyOperation operation, FaultScript script, String what) {
    List<String> names = FaultyOperation.namesIn(service);
    if (LASTING.containsKey(script.fault()) || script.step() > 0) {
      // The parts of an upload are hidden, and may have to be deleted later.
      names.removeIf(name -> name.startsWith(".pending-"));
    }
    assertThat(names).as(what).isEqualTo(operation.names());
    if (names.contains("object")) {
      assertThat(service.content(FakeGcs.BUCKET, "object")).as(what).isEqualTo(operation.written());
    }
  }

  private static void assertOldOrNew(
      FakeGcs service, FaultyOperation operation, Fault fault, String what) {
    if (service.generation(FakeGcs.BUCKET, "object") != 0) {
      assertThat(service.content(FakeGcs.BUCKET, "object"))
          .as(what)
          .isIn(FaultyOperation.OLD, operation.written());
    } else if (operation != FaultyOperation.UPLOAD_IN_PARTS || fault != Fault.WRONG_CHECKSUM) {
      // Parts that make something else than what was sent are deleted again.
      assertThat(operation.names()).as(what).doesNotContain("object");
    }
  }
}
