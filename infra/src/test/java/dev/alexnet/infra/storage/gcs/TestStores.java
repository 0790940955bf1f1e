package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.storage.ObjectStore;
import java.time.Duration;

/** Stores that try as often as the product's, and do not really wait between the tries. */
final class TestStores {
  /** As the product's, except for how long a silent service is waited for. */
  static final GcsRetries RETRIES = retries(Duration.ofSeconds(20));

  private TestStores() {}

  static GcsRetries retries(Duration readTimeout) {
    GcsRetries standard = GcsRetries.standard();
    return new GcsRetries(
        standard.firstDelay(),
        standard.longestDelay(),
        standard.unreachable(),
        standard.unavailable(),
        standard.connectTimeout(),
        readTimeout,
        standard.writeTimeout());
  }

  static ObjectStore at(String address) {
    return at(address, GcsAccount.nobody(), RETRIES, new VirtualClock());
  }

  static ObjectStore at(String address, GcsAccount account, GcsRetries retries, RetryClock clock) {
    String root = GcsStore.rootOf(address);
    return new GcsStore(
        new GcsService(root, account, retries),
        new Retrier(retries, clock, new GcsFailures(GcsStore.hostOf(root), account)));
  }
}
