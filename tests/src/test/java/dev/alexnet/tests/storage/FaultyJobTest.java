package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.tests.AlexnetProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job whose every k-th request goes wrong ends with the bytes of an undisturbed one, or with a
 * message and an exit code, after which the same command finishes.
 */
@Tag("long")
class FaultyJobTest {
  // Refused, interrupted by a failing service, or stopped by another writer; never a crash (70).
  private static final Set<Integer> REFUSALS = Set.of(65, 66, 73, 75, 76, 77);
  // One of each sort: refused, stored or not, cut, changed on the way there and back.
  private static final Set<Fault> SOME =
      EnumSet.of(
          Fault.UNAVAILABLE,
          Fault.RESET_AFTER,
          Fault.SHORT_BODY,
          Fault.FLIPPED_BIT,
          Fault.FLIPPED_UPLOAD,
          Fault.WRONG_CHECKSUM);
  private static final Set<Fault> ALL =
      EnumSet.of(
          Fault.REQUEST_TIMEOUT,
          Fault.TOO_MANY_REQUESTS,
          Fault.INTERNAL_ERROR,
          Fault.BAD_GATEWAY,
          Fault.UNAVAILABLE,
          Fault.RESET_BEFORE,
          Fault.RESET_AFTER,
          Fault.UNAVAILABLE_AFTER,
          Fault.SHORT_BODY,
          Fault.FLIPPED_BIT,
          Fault.FLIPPED_UPLOAD,
          Fault.WRONG_CHECKSUM,
          Fault.STALL);

  @TempDir Path directory;
  private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);

  @Test
  void run_faultAtEveryFourthRequest_endsRightOrIsRefusedAndThenFinishes() throws Exception {
    disturb(SOME, List.of(4));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Tag("endurance")
  void run_faultAtEveryEighthRequest_endsRightOrIsRefusedAndThenFinishes(Fault fault)
      throws Exception {
    disturb(EnumSet.of(fault), List.of(8));
  }

  /** Takes hours: every k until a run has so few requests that the fault never happens. */
  @ParameterizedTest
  @MethodSource("kinds")
  @Tag("endurance")
  void run_faultAtEveryFrequency_endsRightOrIsRefusedAndThenFinishes(Fault fault) throws Exception {
    disturb(
        EnumSet.of(fault),
        List.of(1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597));
  }

  /** All, or those that the property names with commas between them, to share out the hours. */
  static Set<Fault> kinds() {
    String named = System.getProperty("alexnet.faults", "");
    return named.isEmpty()
        ? ALL
        : Arrays.stream(named.split(",")).map(Fault::valueOf).collect(Collectors.toSet());
  }

  private void disturb(Set<Fault> faults, List<Integer> frequencies) throws Exception {
    Path job = SmallJob.write(directory);
    try (CloudBucket bucket = CloudBucket.start(directory)) {
      Path home = Files.createDirectory(directory.resolve("undisturbed"));
      finish(bucket, home, job, "runs/undisturbed");
      Map<String, String> undisturbed = comparable(bucket, "runs/undisturbed");
      for (Fault fault : faults) {
        for (int k : frequencies) {
          String name = "runs/" + fault + "-" + k;
          Path scratch = Files.createDirectory(directory.resolve(fault + "-" + k));
          bucket.fake().reset();
          bucket.fake().script(FaultScript.of(fault).every(k).lasting(Duration.ofMillis(200)));
          AlexnetProcess.Ended ended =
              bucket.start(scratch, SmallJob.command(job, CloudBucket.URL + "/" + name)).await();
          long count = bucket.fake().injected().getOrDefault(fault, 0L);
          happened.merge(fault, count, Long::sum);
          bucket.fake().reset();
          if (ended.exitCode() != 0) {
            assertThat(ended.exitCode()).as(name + ": " + ended.err()).isIn(REFUSALS);
            assertThat(ended.err()).as(name).contains("alexnet: ").doesNotContain("\tat ");
            finish(bucket, scratch, job, name);
          }
          assertThat(comparable(bucket, name)).as(name).isEqualTo(undisturbed);
          if (count == 0) {
            break;
          }
        }
      }
    }
    assertThat(happened.keySet()).isEqualTo(faults);
    assertThat(happened.values()).doesNotContain(0L);
  }

  private static void finish(CloudBucket bucket, Path scratch, Path job, String name)
      throws Exception {
    AlexnetProcess.Ended ended =
        bucket.start(scratch, SmallJob.command(job, CloudBucket.URL + "/" + name)).await();
    assertThat(ended.exitCode()).as(name + ": " + ended.err()).isZero();
  }

  /** Without the ledger, which tells that a run was resumed. */
  private static Map<String, String> comparable(CloudBucket bucket, String name) {
    Map<String, String> files =
        ComparableFiles.of(bucket.files(name), CloudBucket.URL + "/" + name);
    files.remove("ledger.json");
    return files;
  }
}
