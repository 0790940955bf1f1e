package dev.alexnet.pipelines.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardPipelineTest {
  @TempDir private Path directory;

  private static final class CountFn extends DoFn<Integer, CountedShard> {
    private static final long serialVersionUID = 1L;

    private final Counter images = WorkCounters.images();
    private final int shared;

    /**
     * @param shared the shard that the last one is taken for; −1 for none
     */
    CountFn(int shared) {
      this.shared = shared;
    }

    @ProcessElement
    public void process(@Element Integer shard, OutputReceiver<CountedShard> out) {
      images.inc(2);
      out.output(new CountedShard(shared >= 0 && shard == 4 ? shared : shard, 10 * shard));
    }
  }

  private ShardPipeline counting(int shared) {
    String file = directory.resolve("committed").toString();
    return new ShardPipeline(
        new PipelineRun(PipelineOptionsFactory.create()),
        Location.of(directory),
        WorkerFence.NONE,
        new ShardWork<>(
            "Count",
            5,
            new CountFn(shared),
            CountedShard.class,
            ResourceHints.create(),
            (store, results) ->
                store.write(new Location(file), results.toString().getBytes(UTF_8))));
  }

  @Test
  void run_someShards_commitsTheirResultsInOrderAndCountsImages() throws Exception {
    List<Long> seen = new ArrayList<>();
    Progress progress = (done, total, unit, note) -> seen.add(done);

    counting(-1).run(10, progress);

    assertThat(directory.resolve("committed"))
        .hasContent(
            List.of(
                    new CountedShard(0, 0),
                    new CountedShard(1, 10),
                    new CountedShard(2, 20),
                    new CountedShard(3, 30),
                    new CountedShard(4, 40))
                .toString());
    assertThat(seen).last().isEqualTo(10L);
  }

  @Test
  void run_asManyResultsAsShardsButOneTwice_commitsNothing() {
    assertThatThrownBy(() -> counting(1).run(10, Progress.SILENT))
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There are two results of shard 1");
    assertThat(Files.exists(directory.resolve("committed"))).isFalse();
  }

  @Test
  void graph_spreadOfShards_drawsNoRandomKeys() {
    List<Class<?>> transforms = new ArrayList<>();
    counting(-1)
        .pipeline()
        .traverseTopologically(
            new PipelineVisitor.Defaults() {
              @Override
              public CompositeBehavior enterCompositeTransform(Node node) {
                if (node.getTransform() != null) {
                  transforms.add(node.getTransform().getClass());
                }
                return CompositeBehavior.ENTER_TRANSFORM;
              }
            });

    assertThat(transforms).contains(Reshuffle.class).doesNotContain(Reshuffle.ViaRandomKey.class);
  }
}
