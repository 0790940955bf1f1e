package dev.alexnet.infra.testing;

import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store that counts its calls for each location. */
public final class CountingStore extends ForwardingStore {
  private final ObjectStore store;
  private final Map<Location, Long> calls = new ConcurrentHashMap<>();

  public CountingStore(ObjectStore store) {
    this.store = store;
  }

  public long calls() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  public long callsAt(Location location) {
    return calls.getOrDefault(location, 0L);
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    calls.merge(location, 1L, Long::sum);
    return store;
  }
}
