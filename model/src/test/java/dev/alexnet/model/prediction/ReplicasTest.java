package dev.alexnet.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.NodeDef;

class ReplicasTest {
  private static final int DEVICES = 2;
  private static final int LIMIT = 2;

  @TempDir static Path directory;
  private static Location model;

  @BeforeAll
  static void exportAModel() {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "train", 56, 3, 6);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
  }

  /** Four batches wait for each other, so four run at once, two on each device, and never five. */
  @Test
  void run_byManyThreads_takesEveryDeviceUpToItsLimit() throws Exception {
    CyclicBarrier together = new CyclicBarrier(DEVICES * LIMIT);
    Map<List<Predictor>, AtomicInteger> running = new ConcurrentHashMap<>();
    Map<List<Predictor>, AtomicInteger> most = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Replicas replicas =
        Replicas.load(
            ObjectStores.standard(),
            List.of(model),
            new InferenceDevices("cpu:0,cpu:1", LIMIT),
            8)) {
      List<Future<Integer>> batches = new ArrayList<>();
      for (int batch = 0; batch < 40; batch++) {
        batches.add(
            threads.submit(
                () ->
                    replicas.run(
                        models -> {
                          int now =
                              running
                                  .computeIfAbsent(models, key -> new AtomicInteger())
                                  .incrementAndGet();
                          most.computeIfAbsent(models, key -> new AtomicInteger())
                              .accumulateAndGet(now, Math::max);
                          await(together);
                          running.get(models).decrementAndGet();
                          return now;
                        })));
      }
      for (Future<Integer> batch : batches) {
        assertThat(batch.get(60, TimeUnit.SECONDS)).isBetween(1, LIMIT);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most).hasSize(DEVICES);
    assertThat(most.values()).allSatisfy(limit -> assertThat(limit).hasValue(LIMIT));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void placed_onADevice_leavesNoOperationElsewhere() {
    ModelFile file = ModelFile.read(ObjectStores.standard(), model);
    assertThat(ModelFile.placed(file.graph().getGraphDef(), new Device(true, 1)).getNodeList())
        .isNotEmpty()
        .extracting(NodeDef::getDevice)
        .containsOnly("/device:GPU:1");
  }
}
