package dev.alexnet.infra.storage;

import com.google.api.gax.retrying.RetrySettings;
import java.time.Duration;

/** Stores of the fake service for the tests of other packages. */
public final class EmulatedStores {
  private EmulatedStores() {}

  /** A store that soon gives up. */
  public static ObjectStore at(String address) {
    return new GcsStore(
        GcsStore.options(address).toBuilder()
            .setRetrySettings(
                RetrySettings.newBuilder()
                    .setMaxAttempts(2)
                    .setTotalTimeoutDuration(Duration.ofSeconds(5))
                    .setInitialRetryDelayDuration(Duration.ofMillis(1))
                    .setMaxRetryDelayDuration(Duration.ofMillis(10))
                    .build())
            .build()
            .getService());
  }
}
