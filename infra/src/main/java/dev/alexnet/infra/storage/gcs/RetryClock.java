package dev.alexnet.infra.storage.gcs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The time and the chance that retries depend on. */
interface RetryClock {
  RetryClock SYSTEM =
      new RetryClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        }

        @Override
        public double chance() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  long nanoTime();

  void sleep(Duration duration) throws InterruptedException;

  /** From 0 to 1. */
  double chance();
}
