package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Renews a lease in a thread of its own, until it is closed or the lease is lost. */
final class LeaseRenewal implements AutoCloseable {
  private final Lease lease;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);

  LeaseRenewal(Lease lease, Duration interval) {
    this.lease = lease;
    this.interval = interval;
    Thread thread = new Thread(this::run, "lease-renewal");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS) && !lease.isLost()) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      lease.renew();
    } catch (Failure e) {
      // A lost lease refuses the next write. If the service does not answer, the next renewal may
      // be in time; and a write renews the lease itself if it has to.
    }
  }

  /** Does not wait for a renewal that is under way: releasing the lease does. */
  @Override
  public void close() {
    closed.countDown();
  }
}
