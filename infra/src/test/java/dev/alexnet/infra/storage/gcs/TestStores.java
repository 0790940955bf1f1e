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

  /** Small enough that a test's content takes every way. */
  static final TransferSizes SIZES =
      new TransferSizes(100_000, 256 << 10, 1_000_000, 300_000, 300_000);

  static ObjectStore at(String address) {
    return at(address, RETRIES, new VirtualClock());
  }

  static ObjectStore at(String address, GcsRetries retries, RetryClock clock) {
    return at(address, GcsAccount.nobody(), retries, SilenceWatch.unheard(clock), clock);
  }

  static ObjectStore at(String address, GcsAccount account, GcsRetries retries, RetryClock clock) {
    return at(address, account, retries, SilenceWatch.unheard(clock), clock);
  }

  static ObjectStore at(
      String address,
      GcsAccount account,
      GcsRetries retries,
      SilenceWatch watch,
      RetryClock clock) {
    String root = GcsStore.rootOf(address);
    return new GcsStore(
        new GcsService(root, account, retries),
        new Retrier(retries, clock, new GcsFailures(GcsStore.hostOf(root), account), watch),
        SIZES);
  }
}
