package dev.alexnet.infra.lock;

import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A directory of the fake service, and machines that want to work in it. */
final class LeasedDirectory implements AutoCloseable {
  static final Duration DURATION = Duration.ofSeconds(30);

  final FakeGcs service = new FakeGcs();
  final ObjectStore store = EmulatedStores.at(service.address());
  final Location directory = new Location("gs://" + FakeGcs.BUCKET + "/run");
  final Location file = directory.resolve(".lease");
  final List<String> said = new ArrayList<>();

  /** A run on a machine of its own, whose clock has nothing to do with those of others. */
  final class Machine {
    final ManualTicker ticker;
    final LeaseTerms terms;

    Machine(String name, String wall) {
      this(wall, new ProcessIdentity("boot of " + name, "pid:[1]", "user", 7L, 77L));
    }

    Machine(String wall, ProcessIdentity process) {
      this.ticker = new ManualTicker(wall);
      this.terms = new LeaseTerms(DURATION, ticker, process);
    }

    Lease acquire() {
      return acquire(store);
    }

    Lease acquire(ObjectStore through) {
      return new LeaseAcquisition(through, directory, terms, said::add).acquire();
    }
  }

  Machine machine(String name) {
    return new Machine(name, "2026-11-27T12:00:00Z");
  }

  LeaseRecord record() {
    return LeaseRecord.read(service.content(FakeGcs.BUCKET, "run/.lease"), file).orElseThrow();
  }

  long generation() {
    return service.generation(FakeGcs.BUCKET, "run/.lease");
  }

  /** All objects with their generations: equal only if nothing was written or deleted. */
  Map<String, Long> state() {
    Map<String, Long> state = new TreeMap<>();
    for (String name : service.names(FakeGcs.BUCKET, "")) {
      state.put(name, service.generation(FakeGcs.BUCKET, name));
    }
    return state;
  }

  @Override
  public void close() {
    service.close();
  }
}
