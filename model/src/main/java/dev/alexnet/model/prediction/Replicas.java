package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.network.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * The models of an ensemble on every device. A batch occupies a device while it runs there, and
 * waits while all devices are at their limit. Safe for use by many threads.
 */
final class Replicas implements AutoCloseable {
  private final List<List<Predictor>> all;
  private final ModelArithmetic arithmetic;

  /**
   * The models of the free devices: a device occurs once for every batch that it can still take.
   */
  private final BlockingQueue<List<Predictor>> free = new LinkedBlockingQueue<>();

  private Replicas(List<List<Predictor>> all, ModelArithmetic arithmetic) {
    this.all = all;
    this.arithmetic = arithmetic;
  }

  /**
   * @param views the most that are computed at a time
   */
  static Replicas load(
      ObjectStore store, List<Location> models, InferenceDevices devices, int views) {
    List<Device> places = devices.available();
    List<List<Predictor>> all = new ArrayList<>();
    places.forEach(place -> all.add(new ArrayList<>()));
    Replicas replicas = new Replicas(all, new ModelArithmetic(views));
    try {
      for (Location model : models) {
        ModelFile file = ModelFile.read(store, model);
        for (int i = 0; i < places.size(); i++) {
          all.get(i).add(file.on(places.get(i), replicas.arithmetic));
        }
      }
    } catch (RuntimeException e) {
      replicas.close();
      throw e;
    }
    // Alternating, so that the first batches do not all go to the first device.
    int most = places.stream().mapToInt(devices::batchesOn).max().orElseThrow();
    for (int batch = 0; batch < most; batch++) {
      for (int i = 0; i < places.size(); i++) {
        if (batch < devices.batchesOn(places.get(i))) {
          replicas.free.add(all.get(i));
        }
      }
    }
    return replicas;
  }

  /** The check before the models were loaded. */
  ArithmeticSummary arithmetic() {
    return ArithmeticSummary.of(arithmetic.all());
  }

  /** The models of some device, only to read their properties. */
  List<Predictor> any() {
    return all.get(0);
  }

  /** Runs a batch on the next device that is free. */
  <T> T run(Function<List<Predictor>, T> batch) {
    List<Predictor> models;
    try {
      models = free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Failure.Kind.INTERRUPTED, "Stopped while waiting for a device; run it again", e);
    }
    try {
      return batch.apply(models);
    } finally {
      free.add(models);
    }
  }

  @Override
  public void close() {
    all.forEach(models -> models.forEach(Predictor::close));
  }
}
