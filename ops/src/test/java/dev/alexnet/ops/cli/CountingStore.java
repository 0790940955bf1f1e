package dev.alexnet.ops.cli;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the calls for each location, and passes them to the standard store. */
final class CountingStore {
  private final ObjectStore standard = ObjectStores.standard();
  private final Map<Location, Integer> calls = new ConcurrentHashMap<>();
  private final ObjectStore store =
      (ObjectStore)
          Proxy.newProxyInstance(
              ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, this::call);

  ObjectStore store() {
    return store;
  }

  int callsAt(Location location) {
    return calls.getOrDefault(location, 0);
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (arguments != null && arguments[0] instanceof Location location) {
      calls.merge(location, 1, Integer::sum);
    }
    try {
      return method.invoke(standard, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
