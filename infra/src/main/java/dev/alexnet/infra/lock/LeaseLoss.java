package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import java.time.Duration;
import java.util.Optional;

/** Why a run may no longer write to a directory, for its user. */
final class LeaseLoss {
  private LeaseLoss() {}

  /**
   * @param other empty if it is not known
   * @param duration of the lease
   */
  static Failure toAnother(Location directory, Optional<LeaseRecord> other, Duration duration) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "This run no longer holds %s and writes nothing more there: another run%s took over after this one had stood still for %d s. Wait for that run to finish, or stop it and run this command again"
            .formatted(
                directory,
                other.map(record -> " (" + record.holder() + ")").orElse(""),
                duration.toSeconds()));
  }

  /**
   * @param file of the lease
   */
  static Failure byDeletion(Location directory, Location file) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "This run no longer holds %s and writes nothing more there: %s is gone. Either another run took over and has finished, or somebody deleted it. Run the same command again: it continues with what is complete"
            .formatted(directory, file));
  }
}
