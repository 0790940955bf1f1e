package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.alexnet.infra.batch.Batch;
import dev.alexnet.infra.batch.CloudBatch;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.lock.GuardedStore;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.process.Termination;
import java.time.Clock;

/**
 * Binds what everything else depends on: storage, the batch service, time, and the process with its
 * console.
 */
final class PlatformModule extends AbstractModule {
  private final Console console;
  private final Clock clock;
  private final Termination termination;

  PlatformModule(Console console, Clock clock, Termination termination) {
    this.console = console;
    this.clock = clock;
    this.termination = termination;
  }

  @Override
  protected void configure() {
    bind(Console.class).toInstance(console);
    bind(Confirmation.class);
    bind(Clock.class).toInstance(clock);
    bind(Termination.class).toInstance(termination);
  }

  @Provides
  SleepingClock sleepingClock() {
    return SleepingClock.system();
  }

  @Provides
  Batch batch(SleepingClock clock) {
    return CloudBatch.standard(clock, console::note);
  }

  @Provides
  @Singleton
  ObjectStore store() {
    return new GuardedStore(ObjectStores.standard(console::note));
  }
}
