package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.Problems;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The content of a lease's object.
 *
 * @param owner random, of one acquisition
 * @param host the name of the holder's machine, for people
 * @param since when the holder got the lease, in ISO 8601, for people
 * @param renewed when it was last renewed, for people
 * @param renewals how often it was renewed: makes the content of each renewal unique
 */
record LeaseRecord(
    int schemaVersion,
    String owner,
    String host,
    ProcessIdentity process,
    String since,
    String renewed,
    long renewals) {
  private static final int SCHEMA_VERSION = 1;

  LeaseRecord {
    new Problems("lease")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schemaVersion is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(owner != null && !owner.isEmpty(), "owner is missing")
        .require(host != null, "host is missing")
        .require(process != null, "process is missing")
        .require(since != null, "since is missing")
        .require(renewed != null, "renewed is missing")
        .throwIfAny();
  }

  static LeaseRecord of(ProcessIdentity process, Instant now) {
    return new LeaseRecord(
        SCHEMA_VERSION,
        UUID.randomUUID().toString(),
        HostName.ofThisMachine(),
        process,
        now.toString(),
        now.toString(),
        0);
  }

  LeaseRecord renewedAt(Instant now) {
    return new LeaseRecord(
        schemaVersion, owner, host, process, since, now.toString(), renewals + 1);
  }

  byte[] bytes() {
    return Json.document(this);
  }

  /** Empty if the content is damaged, or of another program or version. */
  static Optional<LeaseRecord> read(byte[] content, Object where) {
    try {
      return Optional.of(Json.read(content, LeaseRecord.class, where));
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  /** Who holds the lease, in words. */
  String holder() {
    return host + (process.pid() == null ? "" : ", process " + process.pid()) + ", since " + since;
  }
}
