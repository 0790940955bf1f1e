package dev.alexnet.ops.launch.record;

import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Provisioning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records for tests: a run called first, in two zones. */
public final class LaunchRecords {
  public static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

  private static final Work WORK = new Work("images/alexnet@sha256:0", "l4", "f00d", false);

  private LaunchRecords() {}

  /** One that tries Spot machines in two zones, then standard ones, with three attempts. */
  public static LaunchRecord empty(Limits limits) {
    return LaunchRecord.of(
        "first",
        "dev",
        WORK,
        new Policy(
            List.of(Provisioning.SPOT, Provisioning.STANDARD),
            List.of("us-central1-a", "us-central1-b"),
            3600,
            3),
        limits);
  }

  /** The next attempt at a run, which was recorded and nothing more. */
  public static Attempt attempt(LaunchRecord record, Provisioning provisioning, String zone) {
    int number = record.attempts().size() + 1;
    return new Attempt(
        number,
        Math.max(1, record.launch()),
        "alexnet-first-" + number,
        new Offer(provisioning, zone),
        "5bec",
        provisioning == Provisioning.SPOT ? 1.0 : 2.0,
        null,
        AttemptTimes.recordedAt(START),
        null,
        null,
        Usage.NONE);
  }

  /** With an attempt on a Spot machine in the first zone, whose task ran for a time. */
  public static LaunchRecord afterRunning(LaunchRecord record, Duration time, AttemptEnd end) {
    return record.plus(
        attempt(record, Provisioning.SPOT, "us-central1-a")
            .seen(START, START)
            .endedAt(START.plus(time), end));
  }

  /** With an attempt that never got a machine. */
  public static LaunchRecord afterWaiting(
      LaunchRecord record, Provisioning provisioning, String zone, AttemptEnd end) {
    return record.plus(
        attempt(record, provisioning, zone)
            .seen(START, null)
            .endedAt(START.plusSeconds(3600), end));
  }
}
