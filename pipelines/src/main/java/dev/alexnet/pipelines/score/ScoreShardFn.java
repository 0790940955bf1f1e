package dev.alexnet.pipelines.score;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.pipelines.engine.WorkCounters;
import dev.alexnet.pipelines.inference.SharedEnsemble;
import dev.alexnet.pipelines.truth.Truth;
import dev.alexnet.pipelines.truth.TruthFile;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Scores one shard. */
final class ScoreShardFn extends DoFn<Integer, ScoredShard> {
  static final String CHECK_MILLIS = "arithmetic_check_milliseconds";
  private static final long serialVersionUID = 1L;

  private final ScoreSettings settings;
  private final String plan;
  private final WorkerFence fence;
  private final Counter images = WorkCounters.images();
  private final Counter rejected = WorkCounters.rejected();
  private final Counter checkMillis = Metrics.counter(ScorePipeline.class, CHECK_MILLIS);
  private transient ObjectStore store;
  private transient Dataset dataset;
  private transient SharedEnsemble shared;
  private transient MemberProbabilities probabilities;
  private transient Grader grader;

  ScoreShardFn(ScoreSettings settings, String plan, WorkerFence fence) {
    this.settings = settings;
    this.plan = plan;
    this.fence = fence;
  }

  @Setup
  public void setup() {
    store = fence.guard(ObjectStores.standard());
    dataset = Dataset.open(store, settings.data());
    List<ModelDescription> descriptions = Ensemble.describe(store, settings.members());
    Labels labels = descriptions.get(0).labels();
    if (settings.probabilities().isEmpty()) {
      shared =
          SharedEnsemble.acquire(
              store,
              settings.members(),
              settings.devices(),
              ShardScorer.images(settings) * settings.views());
      probabilities = MemberProbabilities.computedBy(shared.ensemble(), settings.views());
    } else {
      probabilities = KeptProbabilities.of(store, settings, dataset, descriptions);
    }
    Truth truth =
        settings.truth() == null ? null : TruthFile.read(store, settings.truth(), labels).truth();
    grader = new Grader(dataset.manifest().labels(), labels, truth);
  }

  @ProcessElement
  public void process(@Element Integer shard, OutputReceiver<ScoredShard> out) {
    if (shared != null) {
      checkMillis.inc(shared.takeCheckMillis());
    }
    ShardScorer scorer = new ShardScorer(store, probabilities, grader, settings, images::inc);
    Tally tally = scorer.score(plan, dataset, shard);
    rejected.inc(tally.undecodable());
    out.output(new ScoredShard(shard, tally));
  }

  @Teardown
  public void teardown() {
    if (shared != null) {
      shared.close();
    }
  }
}
