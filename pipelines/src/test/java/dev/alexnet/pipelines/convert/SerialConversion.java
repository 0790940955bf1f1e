package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.CheckedObject;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.source.ClassOrder;
import dev.alexnet.pipelines.source.Index;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** The steps of the pipeline one after the other, without an engine, on a store of the test's. */
final class SerialConversion {
  private static final Executor THREADS = task -> new Thread(task, "worker").start();

  private final ObjectStore store;
  private final ConvertSettings settings;
  private final Map<Integer, List<PictureReference>> references = new TreeMap<>();
  private final Queue<WrittenShard> written = new ConcurrentLinkedQueue<>();
  private ConvertPlan plan;
  private Index index;

  SerialConversion(ObjectStore store, ConvertSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  void run() {
    index();
    write();
    commit();
  }

  void index() {
    PictureSource source =
        PictureSource.find(
            store,
            new SourceSettings(
                settings.input(),
                settings.split(),
                InputLayout.AUTO,
                null,
                settings.classes(),
                ClassOrder.AUTO));
    plan = ConvertPlan.of(store, settings, source);
    ConvertedShards.outputOf(store, plan).begin(Progress.SILENT, (dataset, damaged) -> {});
    index = Index.of(source, store);
    for (PictureReference reference : index.pictures) {
      int shard = plan.order().shard(reference.id(), settings.shards());
      references.computeIfAbsent(shard, absent -> new ArrayList<>()).add(reference);
    }
    CheckedObject.require(store, index.read);
  }

  void write() {
    write(1);
  }

  void write(int workers) {
    Queue<Integer> shards = new ConcurrentLinkedQueue<>(references.keySet());
    CompletableFuture<?>[] work =
        IntStream.range(0, workers)
            .mapToObj(worker -> CompletableFuture.runAsync(() -> writeShards(shards), THREADS))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(work).join();
    } catch (CompletionException e) {
      throw Failure.in(e) == null ? e : Failure.in(e);
    }
  }

  private void writeShards(Queue<Integer> shards) {
    try (ShardWriter writer = new ShardWriter(plan, store)) {
      for (Integer shard = shards.poll(); shard != null; shard = shards.poll()) {
        Shard file =
            writer.write(
                Shard.name(settings.split().title(), shard, settings.shards()),
                references.get(shard),
                new Silent());
        written.add(new WrittenShard(shard, file.crc32c()));
      }
    }
  }

  void commit() {
    new DatasetCommit(plan, store)
        .run(
            ArrivedShards.of(
                written,
                references.values().stream().mapToLong(List::size).sum(),
                settings.shards()),
            index.rejections,
            index.ignored);
  }

  private static final class Silent implements ShardWriter.Listener {
    @Override
    public void done(long pictures) {}

    @Override
    public void rejected() {}

    @Override
    public void skipped() {}
  }
}
