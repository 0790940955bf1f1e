package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.batch.Batch;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.environment.EnvironmentContract;
import jakarta.inject.Inject;

/** Opens environments, to launch runs there and to look after them. */
public final class CloudRuns {
  private final ObjectStore store;
  private final Batch batch;
  private final SleepingClock clock;

  @Inject
  public CloudRuns(ObjectStore store, Batch batch, SleepingClock clock) {
    this.store = requireNonNull(store, "store is null");
    this.batch = requireNonNull(batch, "batch is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param contract the file that Terraform wrote for the environment
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if it does not exist; of kind
   *     MISMATCH if it is not a contract of this version
   */
  public EnvironmentRuns open(Location contract) {
    EnvironmentContract environment = EnvironmentContract.at(store, contract);
    return open(environment);
  }

  /** Opens an environment whose contract was read before. */
  public EnvironmentRuns open(EnvironmentContract environment) {
    return new EnvironmentRuns(
        environment, batch.jobs(environment.project(), environment.region()), store, clock);
  }
}
